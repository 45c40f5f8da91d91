using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.LiveCodes;

/// <summary>群设置 as it is sent (F040–F042, F073, F085, F087). What is missing when a code is edited stays as it is; the first three never change.</summary>
internal sealed record AutoInput(int? Groups, string? Theme, int? FirstNumber, int? MemberThreshold, bool? Replenish, bool? Blacklist)
{
    /// <summary>Of a new code: what people must choose is not left out.</summary>
    public void Check(FieldErrors errors) => errors
        .Given("auto.groups", Groups).Range("auto.groups", Groups, 0, AutoBuild.MaxGroups)
        .Line("auto.theme", Theme, AutoBuild.GroupNameMaxLength)
        .Given("auto.firstNumber", FirstNumber).Range("auto.firstNumber", FirstNumber, 0, AutoBuild.MaxFirstNumber);

    public AutoBuild New() => new(
        Groups ?? 0, Theme?.Trim() ?? "", FirstNumber ?? 0, MemberThreshold ?? AutoBuild.MemberThresholdDefault, Replenish ?? true, Blacklist ?? false);

    /// <summary>主题、群总数 and 编号开始值 were used when the first groups were made.</summary>
    public Domain.Refusal? Apply(LiveCode liveCode)
    {
        var known = liveCode.Auto;
        return (Groups ?? known.Groups, Theme?.Trim() ?? known.Theme, FirstNumber ?? known.FirstNumber) == (known.Groups, known.Theme, known.FirstNumber)
            ? liveCode.Rebuilds(MemberThreshold ?? known.MemberThreshold, Replenish ?? known.Replenish, Blacklist ?? known.Blacklist)
            : new Domain.Refusal("live-code.auto-immutable", "群总数、主题名称和编号开始值设置后不能修改", "auto");
    }
}
