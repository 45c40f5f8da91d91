using Huoma.Domain.Simulator;

namespace Huoma.Domain.Tests.Simulator;

public sealed class SimOfficialAccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    private readonly SimWorld world = new(7);

    private SimOfficialAccount Account => world.OfficialAccount;

    [Fact]
    public void Code_IsGoodOnce_AndFiveMinutes()
    {
        var code = Account.IssueCode(world, "wxid_a", withProfile: false, isSnapshot: false, Now);
        var late = Account.IssueCode(world, "wxid_a", withProfile: false, isSnapshot: false, Now);

        Account.Exchange(world, code, Now).Errcode.ShouldBe(0);
        Account.Exchange(world, code, Now).Errcode.ShouldBe(SimOfficialAccount.UsedCode);
        Account.Exchange(world, late, Now.AddMinutes(5)).Errcode.ShouldBe(SimOfficialAccount.ExpiredCode);
        Account.Exchange(world, "nonsense", Now).Errcode.ShouldBe(SimOfficialAccount.InvalidCode);
    }

    [Fact]
    public void Profile_IsForWhoAgreed()
    {
        var (_, silent, _) = Account.Exchange(world, Account.IssueCode(world, "wxid_a", withProfile: false, isSnapshot: false, Now), Now);
        var (_, agreed, _) = Account.Exchange(world, Account.IssueCode(world, "wxid_a", withProfile: true, isSnapshot: false, Now), Now);
        var openId = SimOfficialAccount.OpenIdOf("wxid_a");

        Account.Profile(silent, openId, Now).Errcode.ShouldBe(SimOfficialAccount.NotAuthorized);
        Account.Profile(agreed, openId, Now).ShouldBe(("wxid_a", 0));
        Account.Profile(agreed, "oSomebodyElse", Now).Errcode.ShouldBe(SimOfficialAccount.InvalidToken);
        Account.Profile(agreed, openId, Now.AddHours(3)).Errcode.ShouldBe(SimOfficialAccount.ExpiredToken);
    }

    [Fact]
    public void Token_StaysTheSame_UntilItEndsOrIsForced()
    {
        var token = Account.TokenAt(world, Now, isForced: false);
        Account.TokenAt(world, Now.AddHours(1), isForced: false).ShouldBe(token);
        var (ticket, _) = Account.TicketAt(world, token.Text, Now);
        Account.TicketAt(world, token.Text, Now.AddHours(1)).Ticket.ShouldBe(ticket);

        var forced = Account.TokenAt(world, Now, isForced: true);

        forced.ShouldNotBe(token);
        Account.TicketAt(world, token.Text, Now).Errcode.ShouldBe(SimOfficialAccount.InvalidToken);
        Account.TicketAt(world, forced.Text, Now.AddHours(2)).Errcode.ShouldBe(SimOfficialAccount.ExpiredToken);
    }
}
