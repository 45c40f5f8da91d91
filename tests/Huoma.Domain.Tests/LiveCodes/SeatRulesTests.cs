using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.LiveCodes;

public sealed class SeatRulesTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData(1, null, null, null)]
    [InlineData(500, null, null, null)]
    [InlineData(100, 1, null, null)]
    [InlineData(100, 60, null, null)]
    [InlineData(0, null, "live-code.seat-cap-out-of-range", "seats.cap")]
    [InlineData(-1, 5, "live-code.seat-cap-out-of-range", "seats.cap")]
    [InlineData(501, null, "live-code.seat-cap-out-of-range", "seats.cap")]
    [InlineData(100, 0, "live-code.lease-out-of-range", "seats.leaseMinutes")]
    [InlineData(100, 61, "live-code.lease-out-of-range", "seats.leaseMinutes")]
    [InlineData(null, 61, "live-code.lease-out-of-range", "seats.leaseMinutes")]
    [InlineData(null, 5, "live-code.lease-without-cap", "seats.leaseMinutes")]
    public void CanBeSet_TakesWhatCanBeCarriedOut(int? cap, int? leaseMinutes, string? code, string? field)
    {
        var refusal = new SeatRules(cap, leaseMinutes).CanBeSet();

        (refusal?.Code, refusal?.Field).ShouldBe((code, field));
    }

    [Fact]
    public void Lease_IsALittleLongerThanSaid_AndNeedsACap()
    {
        new SeatRules(100, 5).Lease.ShouldBe(TimeSpan.FromMinutes(5) + SeatRules.LeaseGrace);
        new SeatRules(100, null).Lease.ShouldBeNull();
        new SeatRules(null, 5).Lease.ShouldBeNull();
        SeatRules.Off.Lease.ShouldBeNull();
    }
}
