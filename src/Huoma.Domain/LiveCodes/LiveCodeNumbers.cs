using System.Globalization;

namespace Huoma.Domain.LiveCodes;

/// <summary>How codes are numbered and addressed.</summary>
public static class LiveCodeNumbers
{
    /// <summary>Length of the random part of <c>/q/{key}</c>: 58^8 addresses, too many to guess at a throttled rate.</summary>
    public const int KeyLength = 8;

    /// <summary>Letters and digits that can not be mistaken for each other in print.</summary>
    public const string KeyLetters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>How many different tails a second's numbers can have.</summary>
    public const int Tails = 10_000_000;

    /// <summary>活码编号: yyyyMMddHHmmss in the tenant's time zone and seven digits (F052).</summary>
    /// <param name="tail">0 and up, less than <see cref="Tails"/>.</param>
    public static string Number(DateTimeOffset localNow, int tail) =>
        string.Create(CultureInfo.InvariantCulture, $"{localNow:yyyyMMddHHmmss}{tail:D7}");
}
