namespace Huoma.Server.Visits;

/// <summary>Somebody taps 「点击入群」 on the welcome page.</summary>
internal static class EnterLiveCode
{
    /// <summary><c>GET /q/{key}/enter</c>: chooses the slot, counts no scan (D9).</summary>
    public static Task Handle(string key, HttpContext context, Visiting visiting) => visiting.AnswerAsync(key, context, VisitVerb.Enter, VisitVerb.PeekEnter);
}
