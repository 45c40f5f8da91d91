using Huoma.Domain.Notices;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Channels;

/// <summary>添加通知渠道.</summary>
internal static class CreateNoticeChannel
{
    public static async Task<Results<Created<NoticeChannelResponse>, ProblemHttpResult>> Handle(
        NoticeChannelRequest request, HuomaDb db, CurrentTenant tenant, ChannelForm form, ChannelQueries queries, TimeProvider time, CancellationToken ct)
    {
        if (request.Kind is not { } kind)
        {
            return Problems.Invalid("kind", "请选择渠道类型");
        }

        if (form.Check(request, kind, known: null).Any(out var problem))
        {
            return problem;
        }

        var channel = new NoticeChannel(NewId.Of<NoticeChannel>(), tenant.Id, kind, time.GetUtcNow());
        if ((NoticeChannel.CanBeAdded(await db.NoticeChannels.CountAsync(ct)) ?? form.Fill(channel, request, known: null)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        db.NoticeChannels.Add(channel);
        await db.SaveChangesAsync(ct);
        return TypedResults.Created($"/api/v1/notice-channels/{channel.Id}", await queries.DescribeAsync(channel.Id, ct));
    }
}
