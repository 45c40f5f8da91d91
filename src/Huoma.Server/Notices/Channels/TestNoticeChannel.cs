using Huoma.Domain.Notices;
using Huoma.Server.Notices.Sending;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Channels;

/// <summary>测试: sends one message now and says what the platform answered. It counts against the platform's limit as any other.</summary>
internal static class TestNoticeChannel
{
    /// <param name="IsTaken">Whether the platform took the message.</param>
    /// <param name="Answer">What it said.</param>
    [SchemaExample("""{ "isTaken": false, "answer": "93000：invalid webhook url" }""")]
    public sealed record Response(bool IsTaken, string Answer);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        NoticeChannelId id, HuomaDb db, OutboxStore outbox, NoticeSenders senders, MessageWriter writer, SecretSeal seal, TimeProvider time, CancellationToken ct)
    {
        if (!await db.NoticeChannels.AnyAsync(channel => channel.Id == id, ct))
        {
            return Problems.NotFound();
        }

        if (await outbox.LeaseAsync(id, NewId.Of<LeasedChannel>().Value, time.GetUtcNow(), onlyWhenDue: false, ct) is not { } channel)
        {
            return Busy("正在发送通知，请几秒后再试");
        }

        try
        {
            var pace = SendingPace.Of(channel.ChannelKind);
            if (pace.Room(channel.FreeAtInstant, time.GetUtcNow()) == 0)
            {
                return Busy("测试太频繁，平台限制了每分钟的消息数，请稍后再试");
            }

            if (ChannelSettings.Open(channel.Settings, seal) is not { } settings)
            {
                return TypedResults.Ok(new Response(IsTaken: false, "渠道的设置无法解密，请重新填写"));
            }

            var answer = await senders.SendAsync(channel.ChannelKind, settings, writer.WriteTest(settings, time.GetUtcNow()), ct);
            await outbox.SettleAsync(channel, [], answer, pace.After(channel.FreeAtInstant, time.GetUtcNow()), time.GetUtcNow());
            return TypedResults.Ok(new Response(answer.IsTaken, answer.Text));
        }
        finally
        {
            await outbox.ReleaseAsync(channel);
        }
    }

    private static ProblemHttpResult Busy(string text) => Problems.Create(StatusCodes.Status429TooManyRequests, "notice-channel.busy", text);
}
