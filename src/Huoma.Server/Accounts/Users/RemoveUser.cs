using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Accounts.Users;

/// <summary>Takes a user out for good; his sessions go with him.</summary>
internal static class RemoveUser
{
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(string id, HuomaDb db, Owners owners, CancellationToken ct)
    {
        await using var transaction = await owners.LockAsync(ct);
        if (await db.Users.SingleOrDefaultAsync(row => row.Id == UserId.Parse(id), ct) is not { } user)
        {
            return Problems.NotFound();
        }

        if (user.Leave(await owners.CountOthersAsync(user, ct)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        db.Users.Remove(user);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }
}
