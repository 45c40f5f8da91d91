using Huoma.Domain.Notices;
using Huoma.Domain.Visits;
using Huoma.Server.Notices.Channels;
using Huoma.Server.Notices.Renewals;
using Huoma.Server.Platform;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Notices.Sending;

/// <summary>Puts notices into a message, with the links that lead to what they are about.</summary>
internal sealed class MessageWriter(RenewalTokens tokens, Calendar calendar, IOptions<HuomaOptions> options)
{
    public NoticeMessage Write(IReadOnlyList<Delivery> deliveries, ChannelSettings settings, DateTimeOffset now)
    {
        // A job is no request: without a configured address the one of the console in which the channel was saved is the best there is.
        var origin = options.Value.PublicUrl?.GetLeftPart(UriPartial.Path).TrimEnd('/') ?? settings.Origin;
        return new NoticeMessage([.. deliveries.Select(delivery => Write(delivery, origin))], $"{origin}/console/notices", calendar.Zone, now);
    }

    public NoticeMessage WriteTest(ChannelSettings settings, DateTimeOffset now) => Write([], settings, now) with { IsTest = true };

    private MessageItem Write(Delivery delivery, string origin)
    {
        var notice = delivery.Notice;
        var place = notice.About switch
        {
            NoticeAbout.Robot => $"robots/{notice.RobotId}",
            NoticeAbout.Groups => $"codes/{notice.LiveCodeId}/groups",
            NoticeAbout.Quota => "quota",
            NoticeAbout.Campaign => "campaigns",
            _ => $"codes/{notice.LiveCodeId}/slots" + (notice.SlotId is { } id ? $"?slot={id}" : ""),
        };
        return new MessageItem(
            delivery.Id, notice, NoticeTexts.Of(notice), $"{origin}/console/{place}",
            delivery.LinkId is { } link ? $"{origin}/r/{tokens.Make(link)}" : null);
    }
}
