namespace Huoma.Server.Campaigns.Pages;

/// <summary>What a page tells WeChat's script: how it is signed, and the card a chat shows.</summary>
public sealed record ShareCardView(
    string ScriptUrl, string AppId, long Timestamp, string Nonce, string Signature, string Title, string Description, string Link, string ImageUrl)
{
    /// <summary>Whose script the page may load.</summary>
    public string ScriptOrigin => new Uri(ScriptUrl).GetLeftPart(UriPartial.Authority);
}
