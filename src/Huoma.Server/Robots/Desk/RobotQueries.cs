using Huoma.Domain.Accounts;
using Huoma.Domain.Robots;
using Huoma.Server.Accounts;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Robots.Desk;

/// <summary>Turns robots into what the API shows of them.</summary>
internal sealed class RobotQueries(HuomaDb db, RobotCountQueries counts, CurrentUser user, PublicUrl publicUrl, TimeProvider time)
{
    private const int LastEvents = 5;

    public async Task<IReadOnlyList<RobotResponse>> DescribeAsync(CancellationToken ct)
    {
        var robots = await db.Robots.AsNoTracking().OrderBy(robot => robot.CreatedAt).ThenBy(robot => robot.Id).ToListAsync(ct);
        var states = await db.RobotStates.AsNoTracking().ToDictionaryAsync(state => state.RobotId, ct);
        var known = await counts.OfTenantAsync(ct);
        var responses = new List<RobotResponse>(robots.Count);
        foreach (var robot in robots)
        {
            var events = await counts.EventsAsync(robot.Id, skip: 0, LastEvents, ct);
            responses.Add(Describe(robot, states.GetValueOrDefault(robot.Id) ?? new RobotState(robot), known.GetValueOrDefault(robot.Id, RobotCounts.None), events));
        }

        return responses;
    }

    /// <summary>Null when there is no such robot.</summary>
    public async Task<RobotResponse?> DescribeAsync(RobotId id, CancellationToken ct)
    {
        if (await db.Robots.AsNoTracking().SingleOrDefaultAsync(robot => robot.Id == id, ct) is not { } robot)
        {
            return null;
        }

        var state = await db.RobotStates.AsNoTracking().SingleAsync(row => row.RobotId == id, ct);
        var known = await counts.OfTenantAsync(ct);
        return Describe(robot, state, known.GetValueOrDefault(id, RobotCounts.None), await counts.EventsAsync(id, skip: 0, LastEvents, ct));
    }

    /// <summary>The text of the login QR, for those who may log somebody in.</summary>
    public async Task<string?> LoginQrAsync(RobotId id, CancellationToken ct) =>
        await db.Robots.AnyAsync(robot => robot.Id == id, ct) && await db.RobotStates.AsNoTracking().SingleOrDefaultAsync(row => row.RobotId == id, ct) is { } state
            ? LoginQrOf(state) : null;

    private string? LoginQrOf(RobotState state) => user.Role == Role.Viewer || !state.IsConnected(time.GetUtcNow()) ? null : state.LoginQr;

    private RobotResponse Describe(Robot robot, RobotState state, RobotCounts known, IReadOnlyList<RobotEventResponse> events)
    {
        var now = time.GetUtcNow();
        var isConnected = state.IsConnected(now);
        return new RobotResponse(
            robot.Id,
            robot.Name,
            robot.Driver,
            robot.Enabled,
            robot.ShouldRun,
            new RobotRiskResponse(robot.IsRisky, robot.RiskAcceptedAt, robot.RiskAcceptedBy),
            isConnected,
            state.Since(now),
            state.GatewayId is { } gateway ? new RobotGatewayResponse(gateway, state.GatewayVersion ?? "", state.Puppet ?? "") : null,
            new RobotLoginResponse(state.Login, state.LoginAt, LoginQrOf(state), state.Scan, state.ScanAt, state.AccountId, state.AccountName, state.Avatar),
            state.Capabilities,
            robot.SeedIds,
            robot.Limits,
            RobotLimitRangesResponse.Of(RobotLimits.RangesOf(robot.Driver)),
            new RobotCommandCountsResponse((int)known.Waiting, (int)known.UnderWay, (int)known.Unknown),
            state.CreationStoppedUntil > now ? state.CreationStoppedUntil : null,
            known.ContactsAt is { } listedAt ? DateTimeOffset.FromUnixTimeMilliseconds(listedAt) : null,
            state is { LastError: { } error, LastErrorAt: { } at } ? new RobotErrorResponse(error, at) : null,
            robot.CorpId is { } corpId ? new RobotWecomResponse(corpId, publicUrl.Of($"/wecom/callback/{robot.Id}")) : null,
            (int)known.Parked,
            events,
            robot.CreatedAt);
    }
}
