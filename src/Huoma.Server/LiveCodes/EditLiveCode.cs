using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes;

/// <summary>编辑活码: what is missing or null stays as it is; kind and building never change.</summary>
internal static class EditLiveCode
{
    /// <param name="Version">Of the code the form was filled in from; when given, a code somebody else has changed since is left alone.</param>
    [SchemaExample("""{ "version": 7, "status": "off", "welcome": { "enabled": false } }""")]
    public sealed record Request(
        long? Version, LiveCodeKind? Kind, Building? Building, string? Name, string? Remark, LiveCodeStatus? Status, bool? Sticky, WelcomeInput? Welcome,
        SeatsInput? Seats, HandOverInput? HandOver, bool? Recycle, AutoInput? Auto = null);

    public static async Task<Results<Ok<LiveCodeResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, Request request, HuomaDb db, LiveCodeQueries queries, CancellationToken ct)
    {
        if (await CheckAsync(request, db, ct) is { } problem)
        {
            return problem;
        }

        var target = request.HandOver is { } handOver ? await handOver.FindTargetAsync(id, db, ct) : null;
        await using var edit = await LiveCodeEdit.BeginAsync(db, id, target, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        if ((edit.LiveCode.IsStill(request.Version)
            ?? edit.LiveCode.StaysA(request.Kind, request.Building)
            ?? await ApplyAsync(edit.LiveCode, request, db, ct)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, ct));
    }

    private static async Task<ProblemHttpResult?> CheckAsync(Request request, HuomaDb db, CancellationToken ct)
    {
        var errors = new FieldErrors();
        if (request.Name is { } name)
        {
            errors.Line("name", name, LiveCode.NameMaxLength);
        }

        if (request.Remark is { } remark)
        {
            errors.Line("remark", remark, LiveCode.RemarkMaxLength);
        }

        request.HandOver?.Check(errors);
        if (request.Welcome is { } welcome)
        {
            welcome.Check(errors);
            await welcome.CheckImageAsync(db, errors, ct);
        }

        return errors.Any(out var problem) ? problem : null;
    }

    private static async Task<Domain.Refusal?> ApplyAsync(LiveCode liveCode, Request request, HuomaDb db, CancellationToken ct)
    {
        liveCode.Describe(request.Name?.Trim() ?? liveCode.Name, request.Remark?.Trim() ?? liveCode.Remark);
        liveCode.Turn(request.Status ?? liveCode.Status);
        liveCode.Sticks(request.Sticky ?? liveCode.Sticky);
        return (request.Welcome is { } welcome ? liveCode.Welcomes(welcome.Over(liveCode.Welcome)) : null)
            ?? (request.Seats is { } seats ? liveCode.Caps(seats.Over(liveCode.Seats)) : null)
            ?? (request.Recycle is { } recycle ? liveCode.Recycles(recycle) : null)
            ?? request.Auto?.Apply(liveCode)
            ?? (request.HandOver is { } handOver ? await handOver.ApplyAsync(liveCode, db, ct) : null);
    }
}
