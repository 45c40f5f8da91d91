using Huoma.Domain.LiveCodes;

namespace Huoma.Server.LiveCodes;

/// <summary>按展示人数上限 and 座位租约 as they are sent: what is missing stays as it is; null switches off, and a lease goes with its cap (U4).</summary>
internal sealed record SeatsInput
{
    public int? Cap
    {
        get;
        init
        {
            field = value;
            IsCapGiven = true;
        }
    }

    public int? LeaseMinutes
    {
        get;
        init
        {
            field = value;
            IsLeaseGiven = true;
        }
    }

    internal bool IsCapGiven { get; private init; }

    internal bool IsLeaseGiven { get; private init; }

    public SeatRules Over(SeatRules present)
    {
        var cap = IsCapGiven ? Cap : present.Cap;
        var kept = cap is null ? null : present.LeaseMinutes;
        return new SeatRules(cap, IsLeaseGiven ? LeaseMinutes : kept);
    }
}
