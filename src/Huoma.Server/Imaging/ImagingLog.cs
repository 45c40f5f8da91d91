namespace Huoma.Server.Imaging;

internal static partial class ImagingLog
{
    [LoggerMessage(3001, LogLevel.Information, "A picture that passed the gate could not be decoded: {Reason}")]
    public static partial void PictureDamaged(this ILogger logger, string reason);
}
