using System.Globalization;
using Huoma.Domain.Groups;
using Huoma.Domain.Robots;

namespace Huoma.Domain.Notices;

/// <summary>A robot that is switched on, as it is doing now.</summary>
/// <param name="Since">Since when its gateway is connected, or not; null: it never was.</param>
/// <param name="LoginAt">Since when its account is in this state.</param>
public sealed record RobotUnderWatch(RobotId Id, TenantId TenantId, string Name, bool IsConnected, DateTimeOffset? Since, LoginState Login, DateTimeOffset? LoginAt);

/// <summary>A group robots keep for a code that is not deleted.</summary>
public sealed record GroupUnderWatch(
    GroupId Id, TenantId TenantId, LiveCodeId LiveCodeId, string CodeName, string Name, GroupStage Stage, bool Retired, string? Failure, DateTimeOffset? FailedAt,
    DateTimeOffset CreatedAt, DateTimeOffset? QrIssuedAt);

/// <summary>剩余自动建群数量 of a tenant with a code that will want another group.</summary>
/// <param name="Left">Without what is being made.</param>
/// <param name="LastGrant">The last entry that added to it; null: there never was one.</param>
public sealed record QuotaUnderWatch(TenantId TenantId, long Left, QuotaEntryId? LastGrant);

/// <summary>Something that is wrong with robots, their groups or the balance at this moment.</summary>
/// <param name="Key">The same as long as it is the same occurrence.</param>
/// <param name="Name">Of the robot or the code it is about; empty for the balance.</param>
/// <param name="Since">Since when it is so, or the moment of looking.</param>
public sealed record Trouble(string Key, NoticeKind Kind, TenantId TenantId, string Name, DateTimeOffset Since)
{
    public RobotId? RobotId { get; init; }

    public LiveCodeId? LiveCodeId { get; init; }

    public string? GroupName { get; init; }

    /// <summary>Why, for people.</summary>
    public string? Detail { get; init; }

    public long? GroupsLeft { get; init; }
}

/// <summary>Which of them deserve a notice, and a warning in the overview as long as they last.</summary>
public static class TroubleRules
{
    /// <summary>Who starts a robot scans its QR himself; only when nobody has done so for so long somebody is called.</summary>
    public static readonly TimeSpan ScanPatience = TimeSpan.FromMinutes(2);

    /// <summary>A QR that should have been replaced so long ago was not for lack of trying (<see cref="GroupPlan.QrRefreshesAfter"/>).</summary>
    public static readonly TimeSpan RefreshPatience = TimeSpan.FromHours(6);

    /// <summary>A group that was made shows its first QR within minutes.</summary>
    public static readonly TimeSpan FirstQrPatience = TimeSpan.FromMinutes(30);

    /// <summary>So few groups are left that somebody should ask for more.</summary>
    public const int FewGroups = 5;

    /// <param name="patience">A gateway may restart, an account may reconnect: shorter than that is no trouble.</param>
    public static Trouble? Of(RobotUnderWatch robot, TimeSpan patience, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(robot);
        return robot switch
        {
            { IsConnected: false, Since: { } since } when now - since >= patience => Of(robot, NoticeKind.RobotOffline, since),
            { IsConnected: true, Login: LoginState.Scanning, LoginAt: { } at } when now - at >= ScanPatience => Of(robot, NoticeKind.RobotNeedsLogin, at),
            { IsConnected: true, Login: LoginState.Offline, LoginAt: { } at } when now - at >= patience => Of(robot, NoticeKind.RobotOffline, at),
            _ => null,
        };
    }

    public static Trouble? Of(GroupUnderWatch group, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group is { Stage: GroupStage.Failed, FailedAt: { } failedAt })
        {
            return Of(group, NoticeKind.GroupFailed, failedAt, failedAt) with { Detail = group.Failure };
        }

        var due = group.QrIssuedAt is { } issuedAt ? issuedAt + GroupPlan.QrRefreshesAfter + RefreshPatience : group.CreatedAt + FirstQrPatience;
        return group is { Stage: GroupStage.Made, Retired: false } && now >= due ? Of(group, NoticeKind.GroupQrMissing, group.QrIssuedAt ?? group.CreatedAt, due) : null;
    }

    /// <summary>Told when few are left, and once more when none is; a grant begins anew.</summary>
    public static Trouble? Of(QuotaUnderWatch quota, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(quota);
        var stage = quota.Left <= 0 ? "none" : "few";
        return quota.Left > FewGroups
            ? null
            : new Trouble($"quota-low:{stage}:{quota.TenantId}:{quota.LastGrant}", NoticeKind.QuotaLow, quota.TenantId, "", now) { GroupsLeft = Math.Max(0, quota.Left) };
    }

    private static Trouble Of(RobotUnderWatch robot, NoticeKind kind, DateTimeOffset since) =>
        new(Key(kind, robot.Id.ToString(), since), kind, robot.TenantId, robot.Name, since) { RobotId = robot.Id };

    private static Trouble Of(GroupUnderWatch group, NoticeKind kind, DateTimeOffset occurrence, DateTimeOffset since) =>
        new(Key(kind, group.Id.ToString(), occurrence), kind, group.TenantId, group.CodeName, since) { LiveCodeId = group.LiveCodeId, GroupName = group.Name };

    private static string Key(NoticeKind kind, string id, DateTimeOffset occurrence) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}:{id}:{occurrence.ToUnixTimeMilliseconds()}");
}
