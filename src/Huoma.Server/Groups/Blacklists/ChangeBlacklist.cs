using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Groups;
using Huoma.Domain.LiveCodes;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups.Blacklists;

/// <summary>How many were added; nobody is on a list twice.</summary>
internal sealed record BlacklistAdded(int Added);

/// <summary>Puts somebody onto the blacklist of a code; who is in one of its groups is removed.</summary>
internal static class AddToBlacklist
{
    [SchemaExample("""{ "memberId": "wxid_spam", "name": "卖货的" }""")]
    public sealed record Request([property: Required] string? MemberId, string? Name);

    public static async Task<Results<Ok<BlacklistAdded>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, HuomaDb db, BlacklistGuard guard, CancellationToken ct)
    {
        var errors = new FieldErrors().Line("memberId", request.MemberId, BlacklistEntry.MemberIdMaxLength).OptionalLine("name", request.Name, GroupMember.NameMaxLength);
        if (errors.Any(out var problem))
        {
            return problem;
        }

        return await BlacklistEdit.RunAsync(
            id, db, guard, liveCode => guard.AddAsync(liveCode, [(request.MemberId?.Trim() ?? "", request.Name.OrNone() ?? "")], BlacklistReason.Added, ct), ct);
    }
}

/// <summary>导入用户黑名单: everybody who is on a blacklist of another code of the tenant (F112).</summary>
internal static class ImportBlacklist
{
    public static Task<Results<Ok<BlacklistAdded>, ProblemHttpResult>> Handle(LiveCodeId id, HuomaDb db, BlacklistGuard guard, CancellationToken ct) =>
        BlacklistEdit.RunAsync(
            id, db, guard,
            async liveCode =>
            {
                var others = await db.BlacklistEntries.AsNoTracking().Where(entry => entry.LiveCodeId != id).OrderByDescending(entry => entry.AddedAt)
                    .Select(entry => new { entry.MemberId, entry.Name }).ToListAsync(ct);
                return await guard.AddAsync(liveCode, others.ConvertAll(entry => (entry.MemberId, entry.Name)), BlacklistReason.Imported, ct);
            },
            ct);
}

/// <summary>同步活动黑名单: this code's list is added to those of all other codes whose groups robots build (F113).</summary>
internal static class SyncBlacklist
{
    public static async Task<Results<Ok<BlacklistAdded>, ProblemHttpResult>> Handle(LiveCodeId id, HuomaDb db, BlacklistGuard guard, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } source)
        {
            return Problems.NotFound();
        }

        if (BlacklistEntry.CanBeKept(source) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var people = await db.BlacklistEntries.AsNoTracking().Where(entry => entry.LiveCodeId == id).Select(entry => new { entry.MemberId, entry.Name }).ToListAsync(ct);
        var others = await db.LiveCodes.AsNoTracking().Where(row => row.Building == Building.Auto && row.Id != id).Select(row => row.Id).ToListAsync(ct);
        var added = 0;
        foreach (var other in others)
        {
            var result = await BlacklistEdit.RunAsync(
                other, db, guard, liveCode => guard.AddAsync(liveCode, people.ConvertAll(entry => (entry.MemberId, entry.Name)), BlacklistReason.Synced, ct), ct);
            added += result.Result is Ok<BlacklistAdded> { Value: { } done } ? done.Added : 0;
            db.ChangeTracker.Clear();
        }

        return TypedResults.Ok(new BlacklistAdded(added));
    }
}

/// <summary>移除活动黑名单: he may join again (F111).</summary>
internal static class RemoveFromBlacklist
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(LiveCodeId id, BlacklistEntryId entryId, HuomaDb db, CancellationToken ct)
    {
        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null || await db.BlacklistEntries.SingleOrDefaultAsync(row => row.Id == entryId && row.LiveCodeId == id, ct) is not { } entry)
        {
            return Problems.NotFound();
        }

        await db.LiveCodes.Where(row => row.Id == id).LoadAsync(ct);
        db.BlacklistEntries.Remove(entry);
        edit.LiveCode.SlotsChanged();
        await edit.SaveAsync(ct);
        return TypedResults.NoContent();
    }
}

/// <summary>A change of one list. The code is locked, so that two people together add nobody twice.</summary>
internal static class BlacklistEdit
{
    public static async Task<Results<Ok<BlacklistAdded>, ProblemHttpResult>> RunAsync(
        LiveCodeId id, HuomaDb db, BlacklistGuard guard, Func<LiveCode, Task<int>> add, CancellationToken ct)
    {
        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var present = await db.BlacklistEntries.CountAsync(entry => entry.LiveCodeId == id, ct);
        if ((BlacklistEntry.CanBeKept(edit.LiveCode) ?? BlacklistEntry.CanAdd(present, added: 1)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var added = await add(edit.LiveCode);
        await db.SaveChangesAsync(ct);
        await guard.ExpelAsync(edit.LiveCode, ct);
        await edit.SaveAsync(ct);
        return TypedResults.Ok(new BlacklistAdded(added));
    }
}
