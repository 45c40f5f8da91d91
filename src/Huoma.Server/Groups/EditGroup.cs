using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Groups;

/// <summary>编辑 of one group: 群名称 and 精准分流频率; what is missing stays (F087, F088). The real name follows by 同步群名.</summary>
internal static class EditGroup
{
    [SchemaExample("""{ "name": "进群宝演示群2", "memberThreshold": 150 }""")]
    public sealed record Request(string? Name, int? MemberThreshold);

    public static async Task<Results<Ok<GroupResponse>, ProblemHttpResult>> Handle(
        GroupId id, Request request, HuomaDb db, GroupQueries queries, CancellationToken ct)
    {
        var errors = new FieldErrors().Range("memberThreshold", request.MemberThreshold, 1, AutoBuild.MemberThresholdMax);
        if (request.Name is { } name)
        {
            errors.Line("name", name, AutoBuild.GroupNameMaxLength);
        }

        if (errors.Any(out var problem))
        {
            return problem;
        }

        return await GroupEdit.RunAsync(
            id, db, queries,
            place =>
            {
                var refusal = place.Group.Renames(request.Name.OrNone() ?? place.Group.Name);
                return Task.FromResult(refusal ?? place.Group.SwitchesAt(request.MemberThreshold ?? place.Group.MemberThreshold, place.LiveCode.Recycle));
            },
            ct);
    }
}
