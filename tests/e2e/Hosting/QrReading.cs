using System.Diagnostics;

namespace Huoma.E2E.Hosting;

/// <summary>Reads the QR codes of a picture with zxing-cpp's own program.</summary>
internal static class QrReading
{
    /// <summary>Everything it says: a block a code.</summary>
    public static async Task<string> OfAsync(string file)
    {
        var start = new ProcessStartInfo("ZXingReader") { UseShellExecute = false, RedirectStandardOutput = true };
        Array.ForEach(["-format", "QRCode", file], start.ArgumentList.Add);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("ZXingReader did not start");
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text;
    }
}
