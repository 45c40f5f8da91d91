using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Tests.Imaging;

public sealed class TextPictureTests
{
    public TextPictureTests() => VipsLibrary.Start();

    [Theory]
    [InlineData("")]
    [InlineData("张")]
    [InlineData("😀")]
    [InlineData("ก้ำ")]
    [InlineData("\u2068محمد\u2069")]
    [InlineData("gjpqy")]
    public void Draw_SetsEveryLineOnOneBaseline(string before)
    {
        var alone = BottomOfTheLast(TextPicture.Draw("x", 100, "#000000").ShouldNotBeNull());

        BottomOfTheLast(TextPicture.Draw(before + "x", 100, "#000000").ShouldNotBeNull()).ShouldBe(alone);
    }

    [Fact]
    public void Draw_KeepsTheColoursOfEmoji_AndTakesTheColourAskedForOtherwise()
    {
        Colours("张").ShouldBe(["1020F0"]);
        Colours("😀").Count.ShouldBeGreaterThan(20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u200B")]
    public void Draw_IsNothing_WithoutInk(string text)
    {
        TextPicture.Draw(text, 40, "#000000").ShouldBeNull();
        TextPicture.Measure(text, 40).ShouldBe(0);
    }

    private static List<string> Colours(string text)
    {
        var picture = TextPicture.Draw(text, 60, "#1020F0").ShouldNotBeNull();
        return [.. picture.Pixels.Chunk(4).Where(pixel => pixel[3] == 255).Select(pixel => Convert.ToHexString(pixel[..3])).Distinct()];
    }

    private static int BottomOfTheLast(TextPicture picture) => picture.Top + Enumerable.Range(0, picture.Height)
        .Last(row => Enumerable.Range(picture.Width - 30, 30).Any(column => picture.Pixels[(((row * picture.Width) + column) * 4) + 3] > 100));
}
