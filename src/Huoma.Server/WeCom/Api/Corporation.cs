namespace Huoma.Server.WeCom.Api;

/// <summary>For whom the API is asked: 企业 ID and the Secret of its 自建应用.</summary>
internal sealed record Corporation(string CorpId, string Secret)
{
    // What a record writes of itself would end in a log one day.
    public override string ToString() => nameof(Corporation);
}
