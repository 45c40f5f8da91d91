using System.Security.Cryptography;
using System.Text;
using Huoma.Domain.Accounts;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>
/// Remembers in the browser that somebody signed in here before. It opens nothing, it is only counted apart by the throttle.
/// Sealed together with the password's hash, so a new password makes all devices unknown again.
/// </summary>
internal sealed class KnownDevice(Keys keys) : IDisposable
{
    public const string CookieName = "huoma_device";

    private const string Purpose = "known-device";
    private const int NonceLength = 16;

    private readonly SemaphoreSlim loading = new(1, 1);
    private byte[]? key;

    /// <summary>What stands for this device; null when the user never signed in with it under his present password.</summary>
    public async Task<string?> FindAsync(HttpRequest request, User? user, CancellationToken ct)
    {
        if (user is null || !request.Cookies.TryGetValue(CookieName, out var cookie) || cookie.Length != 2 * (NonceLength + SHA256.HashSizeInBytes))
        {
            return null;
        }

        var carried = new byte[cookie.Length / 2];
        if (Convert.FromHexString(cookie, carried, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return null;
        }

        var seal = Seal(await KeyAsync(ct), user, carried.AsSpan(0, NonceLength));
        return CryptographicOperations.FixedTimeEquals(seal, carried.AsSpan(NonceLength)) ? SessionStore.HashOf(cookie) : null;
    }

    public async Task RememberAsync(HttpContext context, User user, CancellationToken ct)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        byte[] carried = [.. nonce, .. Seal(await KeyAsync(ct), user, nonce)];
        var cookie = SessionCookie.Options(context);
        cookie.Path = "/api/v1";
        cookie.MaxAge = TimeSpan.FromDays(365);
        context.Response.Cookies.Append(CookieName, Convert.ToHexStringLower(carried), cookie);
    }

    public void Dispose() => loading.Dispose();

    private static byte[] Seal(byte[] key, User user, ReadOnlySpan<byte> nonce) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{user.Id}\n{user.PasswordHash}\n{Convert.ToHexStringLower(nonce)}"));

    private async Task<byte[]> KeyAsync(CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            return key ??= await keys.GetAsync(Purpose, ct);
        }
        finally
        {
            loading.Release();
        }
    }
}
