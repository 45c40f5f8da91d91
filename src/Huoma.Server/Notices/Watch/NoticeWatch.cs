using Huoma.Domain.Notices;
using Huoma.Server.Platform;

namespace Huoma.Server.Notices.Watch;

/// <summary>
/// Looks at every code that is on and tells once what is new. It keeps nothing in mind: the key of a notice says whether it was told, so
/// any number of processes may look, and one that was down tells what is still true when it comes back.
/// </summary>
internal sealed class NoticeWatch(WatchQueries queries, NoticeStore store, TimeProvider time, ILogger<NoticeWatch> log) : IScheduledJob
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
            var events = codes.SelectMany(code => NoticeRules.Of(code, now).Select(found => new WatchedEvent(code, found))).ToList();
            told += await store.TellAsync(events, now, ct);
        }

        if (told > 0)
        {
            log.NoticesMade(told);
        }

        return JobResult.Of(("notices", told));
    }
}

/// <summary>An event and the code it is about.</summary>
internal sealed record WatchedEvent(CodeUnderWatch Code, NoticeEvent Event);
