namespace Huoma.Domain.LiveCodes;

/// <summary>群活码 leads into groups, 名片码 to personal cards.</summary>
public enum LiveCodeKind
{
    Group = 1,
    Card = 2,
}

/// <summary>建群类型: groups made by hand (手动建群) or by robots (自动建群); never changes (F012).</summary>
public enum Building
{
    Manual = 1,
    Auto = 2,
}

/// <summary>活码状态: 正在使用 or 已关闭 (F071).</summary>
public enum LiveCodeStatus
{
    On = 1,
    Off = 2,
}
