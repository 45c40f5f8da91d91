namespace Huoma.Domain.Robots;

/// <summary>What a robot is driven by. It can not be changed afterwards.</summary>
public enum RobotDriver
{
    /// <summary>A personal account behind a gateway; at the operator's own risk.</summary>
    Gateway = 1,

    /// <summary>企业微信, the official way: the API of a 自建应用.</summary>
    Wecom = 2,

    /// <summary>No WeChat at all: an imagined one, to try things out.</summary>
    Simulator = 3,
}
