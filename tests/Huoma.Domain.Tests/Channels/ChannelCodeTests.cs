using Huoma.Domain.Channels;
using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.Channels;

public sealed class ChannelCodeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 100, true)]
    [InlineData(900, 100, true)]
    [InlineData(901, 100, false)]
    [InlineData(1_000, 1, false)]
    public void CanAdd_SaysNo_WhenTheCodeWouldHaveTooMany(int present, int added, bool can)
    {
        var refusal = ChannelCode.CanAdd(present, added);

        (refusal is null).ShouldBe(can);
        refusal?.Code.ShouldBe("channel.too-many");
    }

    [Fact]
    public void CanAdd_SaysHowManyStillFit() => ChannelCode.CanAdd(990, 20)?.Message.ShouldContain("只能再添加 10 个");

    [Fact]
    public void Archive_KeepsTheFirstTime_UntilTakenOut()
    {
        var code = new LiveCode(new LiveCodeId(1), new TenantId(2), "20261122120000", "aaaaaaaa", LiveCodeKind.Group, Building.Manual, Now);
        var channel = new ChannelCode(new ChannelId(3), code, "bbbbbbbb", Now);

        channel.Archive(Now);
        channel.Archive(Now.AddDays(1));

        (channel.LiveCodeId, channel.TenantId).ShouldBe((code.Id, code.TenantId));
        channel.ArchivedAt.ShouldBe(Now);
        channel.TakeOut();
        channel.ArchivedAt.ShouldBeNull();
    }
}
