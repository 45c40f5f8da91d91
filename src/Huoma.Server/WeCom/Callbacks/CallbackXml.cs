using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Huoma.Domain.Robots;
using Huoma.Domain.WeCom;

namespace Huoma.Server.WeCom.Callbacks;

/// <summary>Reads the XML of callbacks: no document types, nothing from outside, no more than fits.</summary>
internal static class CallbackXml
{
    private const int MaxCharacters = 256 * 1024;
    private const int MaxMembers = 500;
    private const int VersionMaxLength = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MaxCharacters,
        MaxCharactersFromEntities = 0,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Null when it is no such document.</summary>
    public static XElement? Read(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return XElement.Load(reader) is { Name.LocalName: "xml" } root ? root : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static string? Text(this XElement element, string name) => element.Element(name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>Null: about something else than a customer group.</summary>
    public static ChatChange? ReadChange(XElement message)
    {
        if (message.Text("Event") != "change_external_chat" || ChatChange.KindOf(message.Text("ChangeType"), message.Text("UpdateDetail")) is not { } kind
            || message.Text("ChatId") is not { Length: <= Robot.PlatformIdMaxLength } chatId
            || !long.TryParse(message.Text("CreateTime"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 100_000_000_000)
        {
            return null;
        }

        var members = (message.Element("MemChangeList")?.Elements("Item") ?? []).Select(item => item.Value.Trim())
            .Where(id => id.Length is > 0 and <= Robot.PlatformIdMaxLength).Take(MaxMembers);
        return new ChatChange(
            kind, chatId, DateTimeOffset.FromUnixTimeSeconds(seconds), [.. members], message.Text("QuitScene") == "1",
            message.Text("CurMemVer") is { Length: <= VersionMaxLength } version ? version : null);
    }
}
