using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Robots;

/// <summary>Something a robot's gateway reported, as <c>docs/robot-gateway.md</c> says under “Events”.</summary>
/// <param name="Number">Grows in the order in which events are reacted to.</param>
/// <param name="EventId">The gateway's id of it; each comes once.</param>
/// <param name="At">When the gateway learnt of it, by the gateway's clock.</param>
/// <param name="Data">Texts in it are bounded and free of control characters; what it holds is still to be read with care.</param>
internal sealed record RobotEvent(long Number, TenantId TenantId, RobotId RobotId, string EventId, string Type, DateTimeOffset At, JsonElement Data);

/// <summary>
/// Reacts to what robots report and to what became of commands. Both come in the order in which they reached us, for one robot one after the
/// other, each in a transaction of its own in which it is marked as done; so what a listener saves through <c>db</c> (and the
/// commands it sends through the scope's <see cref="RobotOutbox"/>) happens once. It is saved after the last listener; nobody commits.
/// One that throws is tried again, with everything undone; after <see cref="InboxRules.MaxAttempts"/> times it is put aside.
/// Registered with <c>services.AddScoped&lt;IRobotListener, …&gt;()</c>; the tenant of the scope is the robot's.
/// </summary>
internal interface IRobotListener
{
    Task OnEventAsync(RobotEvent robotEvent, HuomaDb db, CancellationToken ct);

    /// <param name="command">Finished: done, failed, expired or unknown. Its <see cref="RobotCommand.Purpose"/> says whose it is.</param>
    Task OnResultAsync(RobotCommand command, HuomaDb db, CancellationToken ct);
}
