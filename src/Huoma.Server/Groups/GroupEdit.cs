using Huoma.Domain;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Groups;

/// <summary>A change of one group: its code is locked first, as with every change of what a code shows.</summary>
internal static class GroupEdit
{
    public static async Task<Results<Ok<GroupResponse>, ProblemHttpResult>> RunAsync(
        GroupId id, HuomaDb db, GroupQueries queries, Func<GroupPlace, Task<Refusal?>> change, CancellationToken ct)
    {
        var codeId = await db.Groups.AsNoTracking().Where(row => row.Id == id).Select(row => (LiveCodeId?)row.LiveCodeId).SingleOrDefaultAsync(ct);
        await using var edit = codeId is { } of ? await LiveCodeEdit.BeginAsync(db, of, ct) : null;
        if (edit is null || await db.Groups.SingleOrDefaultAsync(row => row.Id == id, ct) is not { } group)
        {
            return Problems.NotFound();
        }

        var slot = group.SlotId is { } slotId ? await db.Slots.SingleOrDefaultAsync(row => row.Id == slotId, ct) : null;
        var place = new GroupPlace(group, edit.LiveCode, slot);
        if (await change(place) is { } refusal)
        {
            return refusal.ToProblem();
        }

        place.TellRoom();
        await edit.SaveAsync(ct);
        return TypedResults.Ok((await queries.DescribeAsync(edit.LiveCode, ct)).Single(row => row.Id == id));
    }
}
