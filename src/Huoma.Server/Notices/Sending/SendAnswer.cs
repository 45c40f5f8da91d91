namespace Huoma.Server.Notices.Sending;

/// <summary>What a channel said to a message, in a few words that hold no secret.</summary>
internal sealed record SendAnswer(bool IsTaken, string Text)
{
    private const int MaxLength = 200;

    public static SendAnswer Taken(string text = "ok") => new(IsTaken: true, Short(text));

    public static SendAnswer Refused(string text) => new(IsTaken: false, Short(text));

    private static string Short(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return line.Length <= MaxLength ? line : line[..MaxLength] + "…";
    }
}
