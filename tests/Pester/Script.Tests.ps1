# Every script of the repository: readable by Windows PowerShell 5.1, and as PSScriptAnalyzer wants it.

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $Scripts = foreach ($folder in '.', 'module', 'src', 'tests', '.ci', '.github') {
        $path = Join-Path $RepositoryRoot $folder
        if (Test-Path -LiteralPath $path) {
            Get-ChildItem -LiteralPath $path -File -Recurse:($folder -ne '.') |
                Where-Object { '.ps1', '.psm1', '.psd1' -contains $_.Extension -and $_.FullName -notmatch '[\\/](bin|obj)[\\/]' } |
                ForEach-Object { @{ Name = $_.FullName.Substring($RepositoryRoot.TrimEnd('/', '\').Length + 1); File = $_.FullName } }
        }
    }
    $hasAnalyzer = [bool](Get-Module -ListAvailable -Name PSScriptAnalyzer)
    if (-not $hasAnalyzer) {
        Write-Host 'There is no PSScriptAnalyzer here: its tests are left out.'
    }
}

Describe '<Name>' -ForEach $Scripts {
    It 'can be parsed' {
        $problems = $null
        $null = [System.Management.Automation.Language.Parser]::ParseFile($File, [ref]$null, [ref]$problems)
        $problems | Should -BeNullOrEmpty
    }

    It 'holds plain ASCII only, which every edition reads the same' {
        $text = [System.IO.File]::ReadAllText($File)
        $text -cmatch '[^\x00-\x7F]' | Should -BeFalse
    }

    if ($hasAnalyzer) {
        It 'has nothing that PSScriptAnalyzer warns of, and only the syntax of 5.1' {
            $settings = @{
                Severity = @('Error', 'Warning')
                Rules    = @{ PSUseCompatibleSyntax = @{ Enable = $true; TargetVersions = @('5.1', '7.4') } }
                # These talk to whoever looks on.
                ExcludeRules = @('PSAvoidUsingWriteHost')
            }
            if ($Name -match '^tests[\\/]Pester[\\/]|\.Tests\.ps1$') {
                # The analyzer does not see that Pester's blocks share variables and that helpers of tests ask nobody; the
                # servers of the tests are on this machine.
                $settings.ExcludeRules += 'PSUseDeclaredVarsMoreThanAssignments', 'PSUseShouldProcessForStateChangingFunctions', 'PSAvoidUsingAllowUnencryptedAuthentication', 'PSAvoidGlobalVars'
            }
            $problems = Invoke-ScriptAnalyzer -Path $File -Settings $settings
            ($problems | ForEach-Object { "$($_.RuleName), line $($_.Line): $($_.Message)" }) -join "`n" | Should -BeNullOrEmpty
        }
    }
}
