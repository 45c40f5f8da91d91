using Huoma.Domain.Notices;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Notices.Inbox;

/// <summary>通知, the newest first.</summary>
internal static class ListNotices
{
    /// <summary>What to show: <c>?kind=slot-expiring&amp;codeId=…&amp;unread=true</c>.</summary>
    public sealed record Query(Choice<NoticeKind>? Kind, LiveCodeId? CodeId, bool? Unread);

    public static async Task<Results<Ok<NoticeListing>, ProblemHttpResult>> Handle(
        [AsParameters] Query query, [AsParameters] Paging paging, NoticeQueries notices, CancellationToken ct)
    {
        var errors = new FieldErrors().Known("kind", query.Kind);
        return errors.Any(out var problem)
            ? problem
            : TypedResults.Ok(await notices.ListAsync(new NoticeFilter(query.Kind?.Value, query.CodeId, query.Unread == true), paging, ct));
    }
}
