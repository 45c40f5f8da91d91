using Huoma.Domain.Accounts;

namespace Huoma.Domain.Tests.Accounts;

public sealed class UserTests
{
    [Theory]
    [InlineData("abc", true)]
    [InlineData("Boss.Li_2@example-shop.com", true)]
    [InlineData("ab", false)]
    [InlineData("老板老板", false)]
    [InlineData("a b c", false)]
    [InlineData("abc\n", false)]
    [InlineData("<script>", false)]
    public void IsAccount_TakesLettersDigitsAndFewSigns(string account, bool expected) => User.IsAccount(account).ShouldBe(expected);

    [Fact]
    public void IsAccount_KnowsTheLongest()
    {
        User.IsAccount(new string('a', User.AccountMaxLength)).ShouldBeTrue();
        User.IsAccount(new string('a', User.AccountMaxLength + 1)).ShouldBeFalse();
    }

    [Fact]
    public void AccountKey_IsTheSame_WhateverTheCase() => Owner("Boss@Example.com").AccountKey.ShouldBe(Owner("bOSS@eXAMPLE.COM").AccountKey);

    [Theory]
    [InlineData(Role.Operator, false)]
    [InlineData(Role.Viewer, false)]
    [InlineData(Role.Owner, true)]
    public void Become_Refuses_WhenNoOwnerWouldBeLeft(Role role, bool disabled)
    {
        var owner = Owner("boss");

        var refusal = owner.Become(role, disabled, otherActiveOwners: 0);

        refusal.ShouldNotBeNull().Code.ShouldBe("user.last-owner");
        owner.Role.ShouldBe(Role.Owner);
        owner.Disabled.ShouldBeFalse();
    }

    [Fact]
    public void Become_IsFree_WhenAnotherOwnerIsLeft()
    {
        var owner = Owner("boss");

        owner.Become(Role.Viewer, disabled: true, otherActiveOwners: 1).ShouldBeNull();

        owner.Role.ShouldBe(Role.Viewer);
        owner.Disabled.ShouldBeTrue();
    }

    [Fact]
    public void Become_IsFree_ForWhoIsNoActiveOwner()
    {
        var user = new User(new UserId(2), new TenantId(1), "oper", "小王", Role.Operator, "hash", DateTimeOffset.UnixEpoch);

        user.Become(Role.Viewer, disabled: true, otherActiveOwners: 0).ShouldBeNull();
    }

    [Fact]
    public void Leave_Refuses_TheLastOwnerOnly()
    {
        Owner("boss").Leave(otherActiveOwners: 0).ShouldNotBeNull().Code.ShouldBe("user.last-owner");
        Owner("boss").Leave(otherActiveOwners: 1).ShouldBeNull();
    }

    private static User Owner(string account) => new(new UserId(1), new TenantId(1), account, "老板", Role.Owner, "hash", DateTimeOffset.UnixEpoch);
}
