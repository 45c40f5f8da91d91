using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Channels;

/// <summary>编辑通知渠道; its kind stays.</summary>
internal static class EditNoticeChannel
{
    public static async Task<Results<Ok<NoticeChannelResponse>, ProblemHttpResult>> Handle(
        NoticeChannelId id, NoticeChannelRequest request, HuomaDb db, ChannelForm form, SecretSeal seal, ChannelQueries queries, CancellationToken ct)
    {
        if (await db.NoticeChannels.SingleOrDefaultAsync(channel => channel.Id == id, ct) is not { } channel)
        {
            return Problems.NotFound();
        }

        if (request.Kind is { } kind && kind != channel.Kind)
        {
            return Problems.Invalid("kind", "渠道类型不能更改，请新建一个渠道");
        }

        var known = ChannelSettings.Open(channel.Settings, seal);
        if (form.Check(request, channel.Kind, known).Any(out var problem))
        {
            return problem;
        }

        if (form.Fill(channel, request, known) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(id, ct));
    }
}
