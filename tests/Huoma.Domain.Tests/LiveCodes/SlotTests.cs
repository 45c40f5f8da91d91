using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.LiveCodes;

public sealed class SlotTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void LastsUntil_TakesOnlyTheFuture()
    {
        var slot = Make(1);
        slot.LastsUntil(Now.AddTicks(1), Now).ShouldBeNull();

        slot.LastsUntil(Now, Now).ShouldNotBeNull().Field.ShouldBe("expiresAt");

        slot.ExpiresAt.ShouldBe(Now.AddTicks(1));
    }

    [Fact]
    public void Takes_StartsARound_ForANewGroupOnly()
    {
        var slot = Make(1);

        slot.Takes(new ImageId(1), newGroup: false, "核对过");
        (slot.Round, slot.OverrideReason).ShouldBe((1, "核对过"));

        slot.Takes(new ImageId(2), newGroup: true, overrideReason: null);
        (slot.Round, slot.OverrideReason, slot.ImageId).ShouldBe((2, null, new ImageId(2)));
    }

    [Fact]
    public void TakesBack_BringsTheFormerRoundBack_AndANewGroupGetsAFreshOne()
    {
        var slot = Make(1);
        slot.Takes(new ImageId(1), newGroup: false, "核对过");
        slot.LastsUntil(Now.AddDays(7), Now);
        var former = new FormerPicture(slot.ImageId, slot.Round, slot.ExpiresAt, slot.OverrideReason);
        slot.Takes(new ImageId(2), newGroup: true, overrideReason: null);
        slot.LastsUntil(Now.AddDays(3), Now);

        slot.TakesBack(former, former.ExpiresAt, overrideReason: null, Now).ShouldBeNull();
        (slot.ImageId, slot.Round, slot.ExpiresAt, slot.OverrideReason).ShouldBe((new ImageId(1), 1, Now.AddDays(7), "核对过"));

        slot.Takes(new ImageId(3), newGroup: true, overrideReason: null);
        slot.Round.ShouldBe(3);
    }

    [Fact]
    public void TakesBack_ChangesNothing_WhenTheFormerPictureHasExpiredOrIsThere()
    {
        var slot = Make(1);
        slot.Takes(new ImageId(2), newGroup: true, overrideReason: null);
        var former = new FormerPicture(new ImageId(1), 1, Now, null);

        slot.TakesBack(former, former.ExpiresAt, "再用", Now).ShouldNotBeNull().Code.ShouldBe("slot.expiry-in-the-past");
        slot.TakesBack(new FormerPicture(new ImageId(2), 2, Now.AddDays(1), null), Now.AddDays(1), null, Now).ShouldNotBeNull().Code.ShouldBe("slot.picture-is-back");

        (slot.ImageId, slot.Round, slot.OverrideReason).ShouldBe((new ImageId(2), 2, null));
        SlotWarnings.CheckFormer(former, Now).ShouldNotBeNull().Code.ShouldBe("picture.expired");
        SlotWarnings.CheckFormer(former, Now.AddTicks(-1)).ShouldBeNull();
    }

    [Fact]
    public void StillShows_SaysNo_WhenAnotherPictureCame()
    {
        var slot = Make(1);
        slot.Takes(new ImageId(2), newGroup: false, overrideReason: null);

        slot.StillShows(new ImageId(2)).ShouldBeNull();
        slot.StillShows(new ImageId(1)).ShouldNotBeNull().Code.ShouldBe("slot.picture-changed-meanwhile");
    }

    [Fact]
    public void Restore_MakesRoom_OnlyWhereItsPlaceIsTaken()
    {
        Slot[] others = [Make(1), Make(2), Make(4)];
        var free = Make(3);
        free.Delete(Now);
        free.Restore(others, Now).ShouldBeNull();
        others.Select(slot => slot.Position).ShouldBe([1, 2, 4]);

        var taken = Make(2);
        taken.Delete(Now);
        taken.Restore(others, Now.AddDays(30).AddTicks(-1)).ShouldBeNull();

        taken.Position.ShouldBe(2);
        taken.DeletedAt.ShouldBeNull();
        others.Select(slot => slot.Position).ShouldBe([1, 3, 5]);
    }

    [Fact]
    public void Restore_SaysNo_After30Days()
    {
        var slot = Make(1);
        slot.Delete(Now);

        slot.Restore([], Now.AddDays(30)).ShouldNotBeNull().Code.ShouldBe("recycle-bin.too-late");
        slot.DeletedAt.ShouldBe(Now);
    }

    [Theory]
    [InlineData("新建群聊", 3, "新建群聊")]
    [InlineData("  ", 3, "群3")]
    [InlineData(null, 12, "群12")]
    [InlineData("a\u0000b\r\nc", 1, "abc")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十多", 1, "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十")]
    public void NameOf_IsTheFilesName_OrThePosition(string? file, int position, string name) => Slot.NameOf(LiveCodeKind.Group, file, position).ShouldBe(name);

    [Fact]
    public void NameOf_NeverCutsACharacterInTwo()
    {
        var name = Slot.NameOf(LiveCodeKind.Group, string.Concat(Enumerable.Repeat("👍", 40)), 1);

        name.ShouldBe(string.Concat(Enumerable.Repeat("👍", Slot.NameMaxLength)));
    }

    [Fact]
    public void Arrange_NumbersTheSlotsInTheirNewOrder()
    {
        Slot[] slots = [Make(1), Make(2), Make(3)];

        Slot.Arrange(slots, [slots[2].Id, slots[0].Id, slots[1].Id]).ShouldBeNull();

        slots.Select(slot => slot.Position).ShouldBe([2, 3, 1]);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 2, 3, 4)]
    [InlineData(1, 2, 4)]
    [InlineData(1, 2, 2)]
    [InlineData(1, 2, 3, 3)]
    public void Arrange_ChangesNothing_WhenTheListIsNotTheSlots(params int[] order)
    {
        Slot[] slots = [Make(1), Make(2), Make(3)];

        Slot.Arrange(slots, [.. order.Select(id => new SlotId(id))]).ShouldNotBeNull().Code.ShouldBe("slot.order-incomplete");

        slots.Select(slot => slot.Position).ShouldBe([1, 2, 3]);
    }

    private static Slot Make(int number)
    {
        var liveCode = new LiveCode(new LiveCodeId(1), new TenantId(1), "1", "k", LiveCodeKind.Group, Building.Manual, Now);
        return new Slot(new SlotId(number), liveCode, number, Now);
    }
}
