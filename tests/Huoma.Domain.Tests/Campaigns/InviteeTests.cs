using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class InviteeTests
{
    [Fact]
    public void Guess_IsPending_UntilTheOperatorConfirms()
    {
        var friend = Made.Friend();
        (friend.ConfirmBy("小李", Made.Now)?.Code).ShouldBe("invitee.not-joined");

        friend.MayBe(Made.Member(), JoinEvidence.OnlyOne);

        (friend.State, friend.IsToBeConfirmed).ShouldBe((InviteeState.Pending, true));
        friend.ConfirmBy("小李", Made.Now).ShouldBeNull();
        (friend.State, friend.Evidence, friend.DecidedBy).ShouldBe((InviteeState.Valid, JoinEvidence.Operator, "小李"));
        (friend.ConfirmBy("小李", Made.Now)?.Code).ShouldBe("invitee.decided");
        (friend.RejectBy("小李")?.Code).ShouldBe("invitee.decided");
    }

    [Fact]
    public void Rejection_CanBeTakenBack()
    {
        var friend = Made.Friend();
        friend.MayBe(Made.Member(), JoinEvidence.OneOfSeveral);
        friend.RejectBy("小李").ShouldBeNull();
        (friend.State, friend.Reason).ShouldBe((InviteeState.NotCounted, UncountedReason.Rejected));

        friend.ConfirmBy("小张", Made.Now).ShouldBeNull();

        (friend.State, friend.Reason, friend.DecidedBy).ShouldBe((InviteeState.Valid, UncountedReason.None, "小张"));
    }

    [Fact]
    public void Forgotten_KeepsWhatHeCountsAs_AndNothingThatTellsWhoHeIs()
    {
        var friend = Made.Friend();
        friend.Joins(Made.Member(), JoinEvidence.Said, Made.Now);

        friend.IsForgotten(-1, "mark", Made.Now.AddDays(1));

        (friend.State, friend.VisitorId, friend.MemberId, friend.MemberName, friend.Nickname).ShouldBe((InviteeState.Valid, -1L, "mark", null, null));
        friend.RemovedAt.ShouldBe(Made.Now.AddDays(1));
        (friend.ConfirmBy("小李", Made.Now)?.Code).ShouldBe("invitee.removed");

        // Nobody can say any more who a guess was.
        var guessed = Made.Friend();
        guessed.MayBe(Made.Member(), JoinEvidence.OnlyOne);
        guessed.IsForgotten(-2, "mark", Made.Now);
        (guessed.State, guessed.Reason, guessed.MemberId).ShouldBe((InviteeState.NotCounted, UncountedReason.Withdrawn, null));
    }

    [Fact]
    public void Leaving_BeforeTheConfirmation_IsRemembered()
    {
        var friend = Made.Friend();
        friend.MayBe(Made.Member(), JoinEvidence.OnlyOne);
        friend.Leaves(Made.Now.AddMinutes(9));

        friend.ConfirmBy("小李", Made.Now).ShouldBeNull();

        friend.State.ShouldBe(InviteeState.Left);
        friend.Returns();
        friend.State.ShouldBe(InviteeState.Valid);
    }

    [Fact]
    public void SomebodyElse_FreesTheFriend_OnlyWhilePending()
    {
        var guessed = Made.Friend();
        guessed.MayBe(Made.Member(), JoinEvidence.OnlyOne);
        guessed.IsSomebodyElse();
        (guessed.MemberId, guessed.State, guessed.Evidence).ShouldBe((null, InviteeState.Pending, JoinEvidence.None));

        var certain = Made.Friend();
        certain.Joins(Made.Member(), JoinEvidence.Said, Made.Now);
        certain.IsSomebodyElse();
        certain.MemberId.ShouldBe("wxid_new");
    }

    /// <summary>Whatever comes in whatever order, what does not count stays uncounted and what was confirmed stays the same member.</summary>
    [Fact]
    public void Events_NeverCountWhatDoesNot() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Choose(0, 5).ListOf().ToArbitrary(), events =>
        {
            var late = Made.Friend(UncountedReason.Late);
            var honest = Made.Friend();
            string? confirmed = null;
            foreach (var what in events)
            {
                foreach (var friend in (Invitee[])[late, honest])
                {
                    Happen(friend, what);
                }

                confirmed ??= honest.ConfirmedAt is null ? null : honest.MemberId;
            }

            return late is { State: InviteeState.NotCounted, Reason: UncountedReason.Late, MemberId: null } && (confirmed is null || honest.MemberId == confirmed);
        }));

    private static void Happen(Invitee friend, int what)
    {
        switch (what)
        {
            case 0:
                friend.MayBe(Made.Member("a"), JoinEvidence.OnlyOne);
                break;
            case 1:
                friend.Joins(Made.Member("b"), JoinEvidence.Said, Made.Now);
                break;
            case 2:
                friend.Leaves(Made.Now);
                break;
            case 3:
                friend.Returns();
                break;
            case 4:
                friend.IsSomebodyElse();
                break;
            default:
                _ = friend.ConfirmBy("小李", Made.Now);
                break;
        }
    }
}
