using Huoma.Domain;

namespace Huoma.Server.Imaging.Gate;

/// <summary>The picture formats that are let in.</summary>
internal enum PictureFormat
{
    Jpeg,
    Png,
    Webp,
    Gif,
}

/// <summary>What the gate decided about a file.</summary>
internal abstract record GateResult
{
    private GateResult()
    {
    }

    /// <summary>A picture, rebuilt from the only parts a decoder needs.</summary>
    /// <param name="Canonical">The rebuilt file: no metadata, no colour profile, nothing before or behind the picture.</param>
    /// <param name="Width">As stored, before <paramref name="Orientation"/> is applied.</param>
    /// <param name="Height">As stored, before <paramref name="Orientation"/> is applied.</param>
    /// <param name="Orientation">EXIF orientation, 1 to 8.</param>
    public sealed record Accepted(byte[] Canonical, PictureFormat Format, int Width, int Height, int Orientation) : GateResult;

    public sealed record Refused(Refusal Refusal) : GateResult;

    public static implicit operator GateResult(Refusal refusal) => new Refused(refusal);
}
