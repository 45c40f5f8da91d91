namespace Huoma.Domain.LiveCodes;

/// <summary>按展示人数上限 and 座位租约 (U4): to how many distinct visitors a slot is shown, so that no burst sends more people to a group than fit.</summary>
/// <param name="Cap">Most seats of each slot and round; null: no limit.</param>
/// <param name="LeaseMinutes">A seat whose visitor has not pressed this long after the page was shown goes back; null: it is his for ever.</param>
public sealed record SeatRules(int? Cap, int? LeaseMinutes)
{
    /// <summary>No WeChat group holds more (facts: 500 members).</summary>
    public const int MaxCap = 500;

    /// <summary>In minutes; a page that was open longer is forgotten.</summary>
    public const int MaxLeaseMinutes = 60;

    /// <summary>A press that left just before the page hid its QR still finds its seat.</summary>
    public static readonly TimeSpan LeaseGrace = TimeSpan.FromSeconds(30);

    public static readonly SeatRules Off = new(Cap: null, LeaseMinutes: null);

    /// <summary>How long the store keeps a seat; null: for ever.</summary>
    public TimeSpan? Lease => Cap is not null && LeaseMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) + LeaseGrace : null;

    /// <summary>Says no to what can not be carried out.</summary>
    public Refusal? CanBeSet() => this switch
    {
        { Cap: < 1 or > MaxCap } => new Refusal("live-code.seat-cap-out-of-range", $"展示人数上限应为 1–{MaxCap}", "seats.cap"),
        { LeaseMinutes: < 1 or > MaxLeaseMinutes } => new Refusal("live-code.lease-out-of-range", $"座位租约应为 1–{MaxLeaseMinutes} 分钟", "seats.leaseMinutes"),
        { Cap: null, LeaseMinutes: not null } => new Refusal("live-code.lease-without-cap", "座位租约需要先设置展示人数上限", "seats.leaseMinutes"),
        _ => null,
    };
}
