using Huoma.Domain.Notices;
using Huoma.Domain.Visits;
using Huoma.Server.Notices.Channels;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Notices.Sending;

/// <summary>Sends what waits in the outbox, channel by channel: a slow or broken one keeps none of the others waiting.</summary>
internal sealed class NoticeSending(
    OutboxStore outbox, NoticeSenders senders, MessageWriter writer, SecretSeal seal, Calendar calendar, TimeProvider time, ILogger<NoticeSending> log) : IJob, IDisposable
{
    private const int ChannelsAtOnce = 8;

    private readonly SemaphoreSlim running = new(1);

    public async Task RunAsync(CancellationToken ct)
    {
        await running.WaitAsync(ct);
        try
        {
            await outbox.GiveUpAsync(time.GetUtcNow(), ct);
            var due = await outbox.DueChannelsAsync(time.GetUtcNow(), ct);
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = ChannelsAtOnce, CancellationToken = ct }, SendAsync);
        }
        finally
        {
            running.Release();
        }
    }

    public void Dispose() => running.Dispose();

    private async ValueTask SendAsync(NoticeChannelId id, CancellationToken ct)
    {
        if (await outbox.LeaseAsync(id, NewId.Of<LeasedChannel>().Value, time.GetUtcNow(), onlyWhenDue: true, ct) is not { } channel)
        {
            return;
        }

        try
        {
            await SendAsync(channel, ct);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.SendingBroke(id, exception);
        }
        finally
        {
            await outbox.ReleaseAsync(channel);
        }
    }

    private async Task SendAsync(LeasedChannel channel, CancellationToken ct)
    {
        var waiting = await outbox.WaitingAsync(channel.ChannelId, ct);
        var due = IsQuiet(channel) ? [.. waiting.Where(delivery => delivery.Notice.IsUrgent)] : waiting;
        if (due.Count == 0)
        {
            return;
        }

        if (ChannelSettings.Open(channel.Settings, seal) is not { } settings)
        {
            log.SettingsUnreadable(channel.ChannelId);
            await outbox.SettleAsync(channel, [], SendAnswer.Refused("渠道的设置无法解密，请重新填写"), channel.FreeAtInstant, time.GetUtcNow());
            return;
        }

        var pace = SendingPace.Of(channel.ChannelKind);
        var freeAt = channel.FreeAtInstant;
        IEnumerable<IReadOnlyList<Delivery>> messages = pace.Plan(due.Count, freeAt, time.GetUtcNow()) switch
        {
            SendingPlan.EachItsOwn => due.Select(delivery => (IReadOnlyList<Delivery>)[delivery]),
            SendingPlan.OneDigest => [due],
            _ => [],
        };
        foreach (var told in messages)
        {
            if (!await outbox.ProlongAsync(channel, time.GetUtcNow(), ct))
            {
                return;
            }

            var answer = await senders.SendAsync(channel.ChannelKind, settings, writer.Write(told, settings, time.GetUtcNow()), ct);
            freeAt = pace.After(freeAt, time.GetUtcNow());
            await outbox.SettleAsync(channel, [.. told.Select(delivery => delivery.Id)], answer, freeAt, time.GetUtcNow());
            if (!answer.IsTaken)
            {
                log.SendingFailed(channel.ChannelId, channel.Failures + 1, (int)RetryRules.WaitAfter(channel.Failures + 1).TotalSeconds);
                return;
            }
        }
    }

    private bool IsQuiet(LeasedChannel channel)
    {
        var local = TimeZoneInfo.ConvertTime(time.GetUtcNow(), calendar.Zone);
        return channel.Quiet?.Contains((local.Hour * 60) + local.Minute) == true;
    }
}
