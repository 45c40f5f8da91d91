using FsCheck;
using FsCheck.Fluent;

namespace Huoma.Domain.Tests;

public sealed class IdTests
{
    [Fact]
    public void Parse_ReadsWhatToStringWrote() => Prop.ForAll<long>(value =>
    {
        var id = new SlotId(value & long.MaxValue);
        return SlotId.Parse(id.ToString()) == id && id.ToString().Length == 11;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("zzzzzzzzzzz")]
    [InlineData("0000000000-")]
    [InlineData("０0000000001")]
    [InlineData("000000000001")]
    public void Parse_GivesTheIdThatNothingHas_WhenTheTextIsNone(string text) => SlotId.Parse(text).ShouldBe(default);
}
