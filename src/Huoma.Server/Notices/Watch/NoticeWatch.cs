using Huoma.Domain.Notices;
using Huoma.Server.Platform;

namespace Huoma.Server.Notices.Watch;

/// <summary>
/// Looks at every code that is on, at robots and their groups, and tells once what is new. It keeps nothing in mind: the key of a notice says whether it was told, so
/// any number of processes may look, and one that was down tells what is still true when it comes back.
/// </summary>
internal sealed class NoticeWatch(WatchQueries queries, TroubleQueries troubles, NoticeStore store, TimeProvider time, ILogger<NoticeWatch> log) : IScheduledJob
{
    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var told = 0;
        for (var after = default(LiveCodeId); ;)
        {
            var codes = await queries.NextAsync(after, now, ct);
            if (codes.Count == 0)
            {
                break;
            }

            after = codes[^1].Id;
            var events = codes.SelectMany(code => NoticeRules.Of(code, now).Select(found => WatchedEvent.Of(code, found))).ToList();
            told += await store.TellAsync(events, now, ct);
        }

        told += await store.TellAsync([.. (await troubles.AllAsync(tenant: null, now, ct)).Select(WatchedEvent.Of)], now, ct);
        if (told > 0)
        {
            log.NoticesMade(told);
        }

        return JobResult.Of(("notices", told));
    }
}

/// <summary>An event, and what a notice says of it.</summary>
/// <param name="Name">Of the code or robot; empty when it is about neither.</param>
/// <param name="SlotName">Of the slot or group.</param>
internal sealed record WatchedEvent(TenantId TenantId, LiveCodeId? LiveCodeId, RobotId? RobotId, string Name, string? SlotName, string? Detail, NoticeEvent Event)
{
    public static WatchedEvent Of(CodeUnderWatch code, NoticeEvent found) => new(code.TenantId, code.Id, RobotId: null, code.Name, found.Slot?.Name, Detail: null, found);

    public static WatchedEvent Of(Trouble trouble) => new(
        trouble.TenantId, trouble.LiveCodeId, trouble.RobotId, trouble.Name, trouble.GroupName, trouble.Detail,
        new NoticeEvent(trouble.Key, trouble.Kind, Slot: null, HoursBefore: null, trouble.GroupsLeft, LastsFor: null));
}
