namespace Huoma.Server.Visits;

/// <summary>Somebody taps 「点击入群」 on the welcome page.</summary>
internal static class EnterLiveCode
{
    /// <summary><c>GET /q/{key}/enter</c>: chooses the slot, counts no scan (D9).</summary>
    public static Task HandleAsync(HttpContext context, Visiting visiting) => visiting.AnswerAsync(context, VisitVerb.Enter, VisitVerb.PeekEnter);
}
