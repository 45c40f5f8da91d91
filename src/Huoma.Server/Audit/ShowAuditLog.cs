using Huoma.Domain.Audit;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Audit;

/// <summary>操作日志 of the whole tenant, the newest first.</summary>
internal static class ShowAuditLog
{
    private const int ActorMaxLength = 64;

    /// <param name="CodeId">Only what belongs to this live code.</param>
    /// <param name="Actor">The id of a user, or the exact name somebody or something acted under.</param>
    /// <param name="From">First day, in the system's time zone.</param>
    /// <param name="To">Last day.</param>
    public readonly record struct Filter(LiveCodeId? CodeId, Choice<AuditSubject>? Subject, string? Actor, DateOnly? From, DateOnly? To);

    public static async Task<Results<Ok<Listing<AuditEntryResponse>>, ProblemHttpResult>> Handle(
        [AsParameters] Filter filter, [AsParameters] Paging paging, AuditQueries queries, Calendar calendar, CancellationToken ct)
    {
        var errors = new FieldErrors().Known("subject", filter.Subject).OptionalLine("actor", filter.Actor, ActorMaxLength);
        if (filter.From > filter.To)
        {
            errors.Add("to", "结束日期不能早于开始日期");
        }

        return errors.Any(out var problem) ? problem : TypedResults.Ok(await queries.ListAsync(Matching(queries.Entries, filter, calendar), paging, ct));
    }

    private static IQueryable<AuditEntry> Matching(IQueryable<AuditEntry> rows, Filter filter, Calendar calendar)
    {
        rows = filter.CodeId is { } code ? rows.Where(row => row.LiveCodeId == code) : rows;
        rows = filter.Subject?.Value is { } subject ? rows.Where(row => row.Subject == subject) : rows;
        if (filter.Actor.OrNone() is { } actor)
        {
            UserId? id = UserId.Parse(actor);
            rows = rows.Where(row => row.ActorId == id || row.ActorName == actor);
        }

        if (filter.From is { } from)
        {
            var begin = calendar.StartOf(from);
            rows = rows.Where(row => row.At >= begin);
        }

        if (filter.To is { } to && to < DateOnly.MaxValue)
        {
            var end = calendar.StartOf(to.AddDays(1));
            rows = rows.Where(row => row.At < end);
        }

        return rows;
    }
}
