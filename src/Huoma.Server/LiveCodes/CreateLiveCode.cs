using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>新建活码.</summary>
internal static class CreateLiveCode
{
    // Numbers and keys are drawn; that two are alike twice in a row does not happen.
    private const int Draws = 5;

    [SchemaExample("""{ "kind": "group", "building": "manual", "name": "双十一读书会", "remark": "线下海报", "sticky": true, "seats": { "cap": 150, "leaseMinutes": 5 } }""")]
    public sealed record Request(
        [property: Required] LiveCodeKind? Kind,
        Building? Building,
        [property: Required] string? Name,
        [property: Required] string? Remark,
        LiveCodeStatus? Status,
        bool? Sticky,
        WelcomeInput? Welcome,
        SeatsInput? Seats,
        HandOverInput? HandOver,
        bool? Recycle,
        AutoInput? Auto = null);

    public static async Task<Results<Created<LiveCodeResponse>, ProblemHttpResult>> Handle(
        Request request, HuomaDb db, CurrentTenant tenant, PromisedGroups promised, LiveCodeQueries queries, TimeProvider time, Calendar calendar, CancellationToken ct)
    {
        if (await CheckAsync(request, db, ct) is { } problem)
        {
            return problem;
        }

        var kind = request.Kind.GetValueOrDefault();
        var building = request.Building ?? Building.Manual;
        if (LiveCode.CanBeMade(kind, building) is { } refusal)
        {
            return refusal.ToProblem();
        }

        for (var draw = 1; ; draw++)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (request.HandOver is { } handOver && await handOver.FindTargetAsync(liveCode: null, db, ct) is { } target)
            {
                await LiveCodeEdit.LockAsync(db.LiveCodes, [target], ct);
            }

            var key = (await LiveCodeKeys.FreeAsync(db, 1, ct))[0];
            var liveCode = Draw(kind, building, tenant.Id, key, time.GetUtcNow(), calendar);
            if (await FillAsync(liveCode, request, db, promised, ct) is { } no)
            {
                return no.ToProblem();
            }

            db.LiveCodes.Add(liveCode);
            try
            {
                await db.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return TypedResults.Created($"/api/v1/codes/{liveCode.Id}", await queries.DescribeAsync(liveCode, ct));
            }
            catch (DbUpdateException exception) when (draw < Draws && exception.IsDuplicate())
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private static async Task<ProblemHttpResult?> CheckAsync(Request request, HuomaDb db, CancellationToken ct)
    {
        var errors = new FieldErrors()
            .Given("kind", request.Kind)
            .Line("name", request.Name, LiveCode.NameMaxLength)
            .Line("remark", request.Remark, LiveCode.RemarkMaxLength);
        request.HandOver?.Check(errors);
        if (request is { Kind: LiveCodeKind.Group, Building: Building.Auto })
        {
            (request.Auto ?? new AutoInput(null, null, null, null, null, null)).Check(errors);
        }

        if (request.Welcome is { } welcome)
        {
            welcome.Check(errors);
            await welcome.CheckImageAsync(db, errors, ct);
        }

        return errors.Any(out var problem) ? problem : null;
    }

    private static LiveCode Draw(LiveCodeKind kind, Building building, TenantId tenant, string key, DateTimeOffset now, Calendar calendar)
    {
        var number = LiveCodeNumbers.Number(TimeZoneInfo.ConvertTime(now, calendar.Zone), RandomNumberGenerator.GetInt32(LiveCodeNumbers.Tails));
        return new LiveCode(NewId.Of<LiveCode>(), tenant, number, key, kind, building, now);
    }

    private static async Task<Domain.Refusal?> FillAsync(LiveCode liveCode, Request request, HuomaDb db, PromisedGroups promised, CancellationToken ct)
    {
        liveCode.Describe(request.Name?.Trim() ?? "", request.Remark?.Trim() ?? "");
        liveCode.Turn(request.Status ?? LiveCodeStatus.On);
        liveCode.Sticks(request.Sticky ?? true);
        return (request.Welcome is { } welcome ? liveCode.Welcomes(welcome.Over(WelcomePage.Hidden)) : null)
            ?? (request.Seats is { } seats ? liveCode.Caps(seats.Over(SeatRules.Off)) : null)
            ?? liveCode.Recycles(request.Recycle ?? false)
            ?? (request.Auto is { } auto ? liveCode.Builds(auto.New(), await promised.FreeAsync(ct)) : null)
            ?? (request.HandOver is { } handOver ? await handOver.ApplyAsync(liveCode, db, ct) : null);
    }
}
