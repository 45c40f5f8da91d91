using System.Diagnostics.CodeAnalysis;

namespace Huoma.Domain;

/// <summary>
/// The identity of one <typeparamref name="T"/>: a random positive 63-bit number inside, eleven letters and digits outside,
/// so that an id on a public page tells nothing and can not be counted up.
/// </summary>
public readonly record struct Id<T>(long Value)
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int Length = 11;

    /// <summary>Reads the outside form; a text that is no id at all becomes the id that nothing has, and so is simply not found.</summary>
    public static Id<T> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryRead(text, out var id) ? id : default;
    }

    /// <summary>How routes and queries read an id; see <see cref="Parse"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Id<T> id)
    {
        id = text is null ? default : Parse(text);
        return text is not null;
    }

    public override string ToString()
    {
        Span<char> text = stackalloc char[Length];
        var rest = Value;
        for (var at = Length - 1; at >= 0; at--)
        {
            text[at] = Digits[(int)(rest % Digits.Length)];
            rest /= Digits.Length;
        }

        return new string(text);
    }

    private static bool TryRead(string text, out Id<T> id)
    {
        id = default;
        if (text.Length != Length)
        {
            return false;
        }

        Int128 value = 0;
        foreach (var letter in text)
        {
            var digit = Digits.IndexOf(letter, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value * Digits.Length) + digit;
        }

        if (value > long.MaxValue)
        {
            return false;
        }

        id = new Id<T>((long)value);
        return true;
    }
}
