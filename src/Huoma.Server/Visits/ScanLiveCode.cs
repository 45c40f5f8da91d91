namespace Huoma.Server.Visits;

/// <summary>Somebody opens a code's address.</summary>
internal static class ScanLiveCode
{
    /// <summary><c>GET /q/{key}</c>: counts one 扫码.</summary>
    public static Task HandleAsync(HttpContext context, Visiting visiting) => visiting.AnswerAsync(context, VisitVerb.Scan, VisitVerb.PeekScan);
}
