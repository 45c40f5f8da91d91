using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Groups.Blacklists;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>
/// Looks at every code whose groups robots build, and has done what is to be done next (<see cref="GroupPlan"/>). It keeps nothing in mind:
/// what is on its way stands in the outbox, so any number of processes may look, one after the other by the lock on the code.
/// </summary>
internal sealed class GroupKeeper(IServiceScopeFactory scopes, ILogger<GroupKeeper> log) : IScheduledJob
{
    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        var (steps, failed) = (0L, 0L);
        foreach (var (id, tenantId) in await CodesAsync(ct))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(tenantId);
            try
            {
                steps += await ActivatorUtilities.CreateInstance<CodeKeeper>(scope.ServiceProvider).KeepAsync(id, ct);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The next look tries again; the other codes do not wait for it.
                log.KeepingFailed(id, exception);
                failed++;
            }
        }

        return JobResult.Of(("steps", steps), ("failed", failed));
    }

    // Of all tenants: nobody is signed in here.
    private async Task<List<(LiveCodeId Id, TenantId TenantId)>> CodesAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
        var rows = await db.LiveCodes.IgnoreQueryFilters().Where(row => row.Building == Building.Auto && row.DeletedAt == null)
            .Select(row => new { row.Id, row.TenantId }).ToListAsync(ct);
        return rows.ConvertAll(row => (row.Id, row.TenantId));
    }
}

/// <summary>The same for one code, within its tenant.</summary>
internal sealed class CodeKeeper(HuomaDb db, GroupCommands commands, RobotChoice robots, GroupBalance balance, BlacklistGuard guard, TimeProvider time)
{
    /// <summary>An answer that did not help is asked for again, but not at once.</summary>
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    /// <returns>How many steps were taken.</returns>
    public async Task<int> KeepAsync(LiveCodeId id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if ((await PlanAsync(id, now, ct)).Count == 0)
        {
            await ExpelAsync(id, ct);
            return 0;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await LiveCodeEdit.LockAsync(db.LiveCodes, [id], ct);
        await balance.LockAsync(ct);
        db.ChangeTracker.Clear();
        var steps = await PlanAsync(id, now, ct);
        foreach (var step in steps)
        {
            await DoAsync(id, step, now, ct);
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return steps.Count;
    }

    /// <summary>The blacklist may have been switched on, or a removal may not have worked.</summary>
    private async Task ExpelAsync(LiveCodeId id, CancellationToken ct)
    {
        if (await db.LiveCodes.SingleOrDefaultAsync(row => row.Id == id, ct) is { } liveCode)
        {
            await guard.ExpelAsync(liveCode, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    private async Task<IReadOnlyList<GroupStep>> PlanAsync(LiveCodeId id, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.LiveCodes.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } liveCode)
        {
            return [];
        }

        var groups = await db.Groups.Where(group => group.LiveCodeId == id).ToListAsync(ct);
        var ids = groups.ConvertAll(group => group.Id.Value);
        var fetching = await commands.OnTheirWayAsync(GroupCommands.FetchQr, ids, ct, now - AskAgainAfter);
        var comparing = await commands.OnTheirWayAsync(GroupCommands.Compare, ids, ct, now - AskAgainAfter);
        var steps = GroupPlan.Next(liveCode, groups, await balance.OpenAsync(ct), now);
        var able = steps.Any(step => step is GroupStep.Create) ? await robots.ForCreatingAsync(now, ct) : null;
        return
        [
            .. steps.Where(step => step switch
            {
                GroupStep.Create => able is not null,
                GroupStep.FetchQr fetch => !fetching.Contains(fetch.Group.Id.Value),
                GroupStep.CompareMembers compare => !comparing.Contains(compare.Group.Id.Value),
                _ => false,
            }),
        ];
    }

    private async Task DoAsync(LiveCodeId id, GroupStep step, DateTimeOffset now, CancellationToken ct)
    {
        switch (step)
        {
            case GroupStep.Create create when await robots.ForCreatingAsync(now, ct) is { } robot:
                var liveCode = await db.LiveCodes.SingleAsync(row => row.Id == id, ct);
                var group = new Group(NewId.Of<Group>(), liveCode, create.Number, robot.Id, now);
                db.Groups.Add(group);
                commands.SendCreate(group, robot);
                await db.SaveChangesAsync(ct);
                break;
            case GroupStep.FetchQr fetch:
                commands.SendFetchQr(fetch.Group);
                break;
            case GroupStep.CompareMembers compare:
                commands.SendCompare(compare.Group);
                break;
            default:
                break;
        }
    }
}
