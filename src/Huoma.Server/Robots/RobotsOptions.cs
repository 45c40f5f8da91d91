using System.ComponentModel.DataAnnotations;

namespace Huoma.Server.Robots;

/// <summary>Section <c>Huoma:Robots</c>.</summary>
internal sealed class RobotsOptions
{
    public const string Section = "Huoma:Robots";

    /// <summary>Days after which events that were reacted to and commands that are finished are deleted.</summary>
    [Range(3, 36_500, ErrorMessage = "Huoma:Robots:KeepDays must be 3 to 36500")]
    public int KeepDays { get; init; } = 30;

    /// <summary>How long a gateway may take to say hello.</summary>
    [Range(1, 60, ErrorMessage = "Huoma:Robots:HelloSeconds must be 1 to 60")]
    public int HelloSeconds { get; init; } = 10;
}
