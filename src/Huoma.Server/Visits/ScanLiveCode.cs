namespace Huoma.Server.Visits;

/// <summary>Somebody opens a code's address.</summary>
internal static class ScanLiveCode
{
    /// <summary><c>GET /q/{key}</c>: counts one 扫码.</summary>
    public static Task Handle(string key, HttpContext context, Visiting visiting) => visiting.AnswerAsync(key, context, VisitVerb.Scan, VisitVerb.PeekScan);
}
