using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class InviteRulesTests
{
    private static readonly Touch Honest = new(VisitorId: 2, InviterVisitorId: 1, Made.Now, IsInvited: false, IsMember: false, []);

    [Fact]
    public void Of_TellsTheFirstReason()
    {
        InviteRules.Of(Honest, CampaignStatus.Running).ShouldBe(UncountedReason.None);
        InviteRules.Of(Honest with { VisitorId = 1 }, CampaignStatus.Running).ShouldBe(UncountedReason.Self);
        InviteRules.Of(Honest with { IsInvited = true, IsMember = true }, CampaignStatus.Running).ShouldBe(UncountedReason.OtherInviter);
        InviteRules.Of(Honest with { InvitersOfInviter = [3, 2] }, CampaignStatus.Running).ShouldBe(UncountedReason.Ring);
        InviteRules.Of(Honest with { IsMember = true }, CampaignStatus.Running).ShouldBe(UncountedReason.OldMember);
        InviteRules.Of(Honest, CampaignStatus.Ended).ShouldBe(UncountedReason.Late);
        InviteRules.Of(Honest, CampaignStatus.Paused).ShouldBe(UncountedReason.Late);
        InviteRules.Of(Honest, CampaignStatus.NotBegun).ShouldBe(UncountedReason.Late);
    }

    /// <summary>Whoever opens whose invitation in whatever order: nobody is counted twice, nobody for himself, and nobody in a circle.</summary>
    [Fact]
    public void Touches_MakeAForest() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Zip(Gen.Choose(0, 7), Gen.Choose(0, 7)).ListOf().ToArbitrary(), touches =>
        {
            var inviterOf = new Dictionary<long, long>();
            var opened = 0;
            foreach (var (visitor, inviter) in touches)
            {
                var chain = InviteRules.Chain(inviter, id => inviterOf.TryGetValue(id, out var above) ? above : null);
                var touch = new Touch(visitor, inviter, Made.Now, inviterOf.ContainsKey(visitor), IsMember: false, chain);
                if (InviteRules.Of(touch, CampaignStatus.Running) == UncountedReason.None)
                {
                    inviterOf.Add(visitor, inviter);
                    opened++;
                }
            }

            // A forest has fewer edges than people, and nobody is above himself.
            return opened <= 7 && inviterOf.Keys.All(id => !InviteRules.Chain(id, at => inviterOf.TryGetValue(at, out var above) ? above : null).Contains(id));
        }));

    [Fact]
    public void Chain_Ends_EvenInALoop() => InviteRules.Chain(1, id => id == 1 ? 2 : 1).ShouldBe([2, 1]);

    [Fact]
    public void Progress_CountsLeavers_UnlessTheyAreDeducted()
    {
        var progress = new InviteProgress(Valid: 2, Left: 1, Pending: 4, Goal: 3, DeductsLeavers: false, CompletedGoal: null, IsClaimed: false);
        (progress.Invited, progress.Completes, progress.Missing, progress.Extra).ShouldBe((3, true, 0, 0));

        var deducted = progress with { DeductsLeavers = true };
        (deducted.Invited, deducted.Completes, deducted.Missing).ShouldBe((2, false, 1));
    }

    [Fact]
    public void Progress_StaysCompleted_WhenTheGoalIsRaised_AndOnceClaimed()
    {
        var completed = new InviteProgress(Valid: 3, Left: 0, Pending: 0, Goal: 10, DeductsLeavers: false, CompletedGoal: 3, IsClaimed: false);
        (completed.IsCompleted, completed.Missing).ShouldBe((true, 0));

        var gone = completed with { Valid = 2, Left = 1, DeductsLeavers = true };
        (gone.IsCompleted, gone.Missing).ShouldBe((false, 1));
        (gone with { IsClaimed = true }).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Progress_IsExtra_BeyondTheGoal() =>
        new InviteProgress(5, 0, 0, Goal: 3, DeductsLeavers: false, CompletedGoal: 3, IsClaimed: true).Extra.ShouldBe(2);
}
