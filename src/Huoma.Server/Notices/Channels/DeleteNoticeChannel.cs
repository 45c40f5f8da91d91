using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Channels;

/// <summary>删除通知渠道, with its log; the notices stay.</summary>
internal static class DeleteNoticeChannel
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(NoticeChannelId id, HuomaDb db, CancellationToken ct)
    {
        if (await db.NoticeChannels.SingleOrDefaultAsync(channel => channel.Id == id, ct) is not { } channel)
        {
            return Problems.NotFound();
        }

        db.NoticeChannels.Remove(channel);
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }
}
