using System.Globalization;

namespace Huoma.Domain.LiveCodes;

/// <summary>How codes are numbered and addressed.</summary>
public static class LiveCodeNumbers
{
    /// <summary>Length of the random part of <c>/q/{key}</c>: 58^8 addresses, too many to guess at a throttled rate.</summary>
    public const int KeyLength = 8;

    /// <summary>Letters and digits that can not be mistaken for each other in print.</summary>
    public const string KeyLetters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>活码编号: yyyyMMddHHmmss in the tenant's time zone and seven digits (F052).</summary>
    /// <param name="tail">0 to 9,999,999.</param>
    public static string Number(DateTimeOffset localNow, int tail) =>
        string.Create(CultureInfo.InvariantCulture, $"{localNow:yyyyMMddHHmmss}{tail:D7}");
}
