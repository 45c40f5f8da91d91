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
