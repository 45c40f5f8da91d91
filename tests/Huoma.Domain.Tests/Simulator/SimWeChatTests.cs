using Huoma.Domain.Simulator;

namespace Huoma.Domain.Tests.Simulator;

public sealed class SimWeChatTests
{
    [Fact]
    public void Create_NeedsTwoFriends()
    {
        var town = new Town();
        var stranger = town.Person();

        town.WeChat.Create(town.Robot.AccountId, [town.Friends[0]], "群").Refusal.ShouldBe(SimRefusals.TooFewFriends);
        town.WeChat.Create(town.Robot.AccountId, [town.Friends[0], town.Friends[0]], "群").Refusal.ShouldBe(SimRefusals.TooFewFriends);
        town.WeChat.Create(town.Robot.AccountId, [town.Friends[0], town.Friends[1], stranger], "群").Refusal.ShouldBe(SimRefusals.TooFewFriends);
        var (group, refusal) = town.WeChat.Create(town.Robot.AccountId, [town.Friends[0], town.Friends[1]], "护肤\n交流群");

        refusal.ShouldBeNull();
        group.ShouldNotBeNull().Name.ShouldBe("护肤 交流群");
        group.Members.Select(member => member.PersonId).ShouldBe([town.Robot.AccountId, town.Friends[0], town.Friends[1]]);
        group.OwnerId.ShouldBe(town.Robot.AccountId);
    }

    [Fact]
    public void Create_IsRefused_WhenTheAccountMadeTooManyIn24Hours()
    {
        var town = new Town();
        town.World.People[town.Robot.AccountId].GroupsPerDay = 2;
        town.Group();
        town.Now += TimeSpan.FromHours(1);
        town.Group();

        town.WeChat.Create(town.Robot.AccountId, town.Friends.ToList(), "群").Refusal.ShouldNotBeNull().Message.ShouldBe("创建群聊的频率过快，请明日再试");
        town.Now += TimeSpan.FromHours(23);
        town.Group().ShouldNotBeNull();
    }

    [Fact]
    public void Qr_IsANewOneEachTime_AndLastsSevenDays()
    {
        var town = new Town();
        var group = town.Group();
        var (first, second) = (town.Qr(group), town.Qr(group));

        first.ShouldStartWith("https://weixin.qq.com/g/");
        second.ShouldNotBe(first);
        town.Now += TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1);
        town.WeChat.JoinByQr(town.Person(), first).Group.ShouldBe(group);
        town.Now += TimeSpan.FromSeconds(1);
        town.WeChat.JoinByQr(town.Person(), first).Refusal.ShouldBe(SimRefusals.QrExpired);
        town.WeChat.JoinByQr(town.Person(), "https://weixin.qq.com/g/nothing").Refusal.ShouldBe(SimRefusals.NoSuchQr);
    }

    [Fact]
    public void JoinByQr_IsRefused_From200MembersOn()
    {
        var town = new Town();
        var group = town.Group();
        var qr = town.Qr(group);
        foreach (var person in town.People(SimGroup.QrJoinLimit - group.Members.Count))
        {
            town.WeChat.JoinByQr(person, qr).Refusal.ShouldBeNull();
        }

        group.Members.Count.ShouldBe(200);
        var late = town.Person();
        town.WeChat.JoinByQr(late, qr).Refusal.ShouldBe(SimRefusals.QrClosed);
        town.WeChat.Leave(group.Id, group.Members[^1].PersonId).ShouldBeNull();
        town.WeChat.JoinByQr(late, qr).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Add_TakesFriendsAtOnce_AndAsksThem_WhenTheGroupIsLarge()
    {
        var town = new Town();
        var group = town.Group();
        town.WeChat.Add(group.Id, town.Robot.AccountId, town.Person()).ShouldBe(SimRefusals.NotFriend);
        town.WeChat.Add(group.Id, town.Robot.AccountId, town.Friends[2]).ShouldBeNull();
        group.Has(town.Friends[2]).ShouldBeTrue();

        var qr = town.Qr(group);
        foreach (var person in town.People(40))
        {
            town.WeChat.JoinByQr(person, qr);
        }

        var friend = town.Person("老朋友");
        town.WeChat.Befriend(friend, town.Robot.AccountId, "你好").ShouldBeNull();
        town.WeChat.Add(group.Id, town.Robot.AccountId, friend).ShouldBeNull();
        group.Has(friend).ShouldBeFalse();
        var invitation = town.World.People[friend].Invitations.ShouldHaveSingleItem();
        town.WeChat.Accept(friend, invitation.Id).ShouldBeNull();
        group.MemberOf(friend).ShouldNotBeNull().InviterId.ShouldBe(town.Robot.AccountId);
    }

    [Fact]
    public void Size_EndsAt500_EvenForTheInvited()
    {
        var town = new Town();
        var group = town.Group();
        foreach (var person in town.People(SimGroup.SizeLimit - group.Members.Count))
        {
            group.Members.Add(new SimMember(person, null, town.Now));
        }

        town.WeChat.Add(group.Id, town.Robot.AccountId, town.Friends[2]).ShouldBe(SimRefusals.Full);
    }

    [Fact]
    public void Owner_AnnouncesAndKicks_OthersDoNot()
    {
        var town = new Town();
        var group = town.Group();
        var (member, other) = (town.Friends[0], town.Friends[1]);

        town.WeChat.Announce(group.Id, member, "开课了").ShouldBe(SimRefusals.NotOwner);
        town.WeChat.Kick(group.Id, member, other).ShouldBe(SimRefusals.NotOwner);
        town.WeChat.Kick(group.Id, town.Robot.AccountId, town.Person()).ShouldBe(SimRefusals.NotMember);
        town.WeChat.Leave(group.Id, town.Robot.AccountId).ShouldBe(SimRefusals.OwnerStays);
        town.WeChat.Announce(group.Id, town.Robot.AccountId, "开课了").ShouldBeNull();
        group.Messages[^1].Text.ShouldBe("@所有人\n开课了");
        group.Announcement.ShouldBe("开课了");

        town.WeChat.Appoint(group.Id, town.Robot.AccountId, member).ShouldBeNull();
        town.WeChat.Kick(group.Id, member, other).ShouldBeNull();
        group.Has(other).ShouldBeFalse();
        group.Messages[^1].Kind.ShouldBe(SimMessageKind.System);
        town.WeChat.Say(group.Id, other, new SimSaying(SimMessageKind.Text, "还在吗")).Refusal.ShouldBe(SimRefusals.NotMember);
    }

    [Fact]
    public void Rename_IsForEverybody_UpTo100Members()
    {
        var town = new Town();
        var group = town.Group();
        town.WeChat.Rename(group.Id, town.Friends[0], "新名字").ShouldBeNull();
        var qr = town.Qr(group);
        foreach (var person in town.People(101 - group.Members.Count))
        {
            town.WeChat.JoinByQr(person, qr);
        }

        town.WeChat.Rename(group.Id, town.Friends[0], "又一个").ShouldBe(SimRefusals.NotOwner);
        town.WeChat.Rename(group.Id, town.Robot.AccountId, "又一个").ShouldBeNull();
        group.Name.ShouldBe("又一个");
    }

    [Fact]
    public void Say_WritesMentionsAsNames()
    {
        var town = new Town();
        var group = town.Group();
        var (one, other) = (town.Friends[0], town.Friends[1]);

        var (message, _) = town.WeChat.Say(group.Id, town.Robot.AccountId, new SimSaying(SimMessageKind.Text, $"欢迎 @{{{one}}} 入群") { MentionIds = [one, other, "wxid_nobody"] });

        message.ShouldNotBeNull().Text.ShouldBe("@小助手-小雅\u2005欢迎 @小助手-阿明\u2005 入群");
        message.MentionIds.ShouldBe([one, other]);
        town.WeChat.Say(group.Id, one, new SimSaying(SimMessageKind.Link, "看这里", "javascript:alert(1)")).Refusal.ShouldBe(SimRefusals.BadAddress);
    }

    [Fact]
    public void Dismiss_EndsTheGroupAndItsQr()
    {
        var town = new Town();
        var group = town.Group();
        var qr = town.Qr(group);

        town.WeChat.Dismiss(group.Id, town.Friends[0]).ShouldBe(SimRefusals.NotOwner);
        town.WeChat.Dismiss(group.Id, town.Robot.AccountId).ShouldBeNull();
        town.WeChat.JoinByQr(town.Person(), qr).Refusal.ShouldBe(SimRefusals.NoGroup);
        town.Do("room.members", new { roomId = group.Id }).Code.ShouldBe("ROOM_NOT_FOUND");
    }

    [Fact]
    public void World_IsTheSame_FromTheSameSeedAndCalls_AndAfterARestart()
    {
        static Town Lived(bool restarts)
        {
            var town = new Town(seed: 42);
            var group = town.Group();
            if (restarts)
            {
                town.Restart();
            }

            town.WeChat.JoinByQr(town.Person(), town.Qr(town.World.Groups[group.Id]));
            town.Do("room.send", new { roomId = group.Id, parts = new[] { new { type = "text", text = "欢迎" } } });
            return town;
        }

        Lived(restarts: true).AsStored().ShouldBe(Lived(restarts: false).AsStored());
        Lived(restarts: false).World.Groups.Keys.ShouldNotBe(new Town(seed: 43).World.Groups.Keys);
    }
}
