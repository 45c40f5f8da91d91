using System.Collections.Frozen;

namespace Huoma.Domain.Accounts;

/// <summary>Which passwords (密码) are good enough.</summary>
public static class PasswordRules
{
    public const int MinLength = 8;
    public const int MaxLength = 128;

    // The commonest of the published leaks that are long enough to pass otherwise.
    private static readonly FrozenSet<string> Common = new[]
    {
        "12345678", "123456789", "1234567890", "0123456789", "987654321", "87654321", "0987654321", "123123123", "12341234", "123454321",
        "1234qwer", "12345678a", "123456789a", "123456abc", "a12345678", "a123456789", "aa123456", "aa12345678", "abc12345", "abc123456", "abcd1234",
        "abcdefgh", "abcdefg1", "admin123", "admin1234", "admin888", "administrator", "adminadmin", "asdfghjkl", "asdf1234", "q1w2e3r4",
        "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "qazwsxedc", "qq123456", "qwer1234", "qwerasdf", "qwerty12", "qwerty123", "qwertyui", "qwertyuiop",
        "password", "password1", "password12", "password123", "passw0rd", "p@ssw0rd", "p@ssword", "iloveyou", "sunshine", "princess", "football",
        "baseball", "superman", "welcome1", "letmein1", "changeme", "trustno1", "zxcvbnm1", "zxcvbnm123", "5201314520", "52013141", "13145201",
        "woaini520", "woaini521", "woaini1314", "woaini123", "wodemima", "mima1234", "147258369", "147852369", "159357159", "789456123", "110110110",
        "11223344", "1122334455", "112233445566", "31415926", "19491001", "20082008", "huoma123", "weixin123", "wechat123",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why this password can not be taken, in Chinese; null when it can.</summary>
    public static string? Fault(string password, string account)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (password.Length is < MinLength or > MaxLength)
        {
            return $"密码需要 {MinLength} 到 {MaxLength} 个字符";
        }

        if (password.Equals(account, StringComparison.OrdinalIgnoreCase))
        {
            return "密码不能和账号相同";
        }

        return Common.Contains(password) || password.All(letter => letter == password[0]) ? "这个密码太常见，请换一个" : null;
    }
}
