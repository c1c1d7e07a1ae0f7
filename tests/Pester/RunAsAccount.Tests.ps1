# Run As accounts: made, changed, shared, removed; their secrets shown nowhere and taken from a vault where one is named.

BeforeDiscovery {
    $hasSecretManagement = [bool](Get-Module -ListAvailable -Name Microsoft.PowerShell.SecretManagement)
    if (-not $hasSecretManagement) {
        Write-Host 'There is no SecretManagement module here: the tests with a real vault are left out.'
    }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    Import-TestedModule
    $user = 'CONTOSO\svc orchestrator'
    $secret = 'p4ss:w0rd "q" \ ' + [char]0xE4 + [char]0x20AC
    $guarded = Start-TestServer -Arguments '--runbooks', '5', '--basic', $user, '--password-from-env', 'FAKE_PASSWORD' -Environment @{ FAKE_PASSWORD = $secret }
    $credential = New-TestCredential $user $secret

    # Everything that a command says on any stream, records in full.
    function Get-AllText {
        param([scriptblock] $Script)
        $all = try { & $Script *>&1 } catch { $_ }
        ($all | ForEach-Object {
            $_ | Format-List -Property * -Force | Out-String -Width 4000
            if ($_ -is [System.Management.Automation.ErrorRecord]) {
                "$($_.Exception)"
            }
        }) -join "`n"
    }
}

AfterAll {
    Stop-TestServer $guarded
}

Describe 'An account' {
    BeforeEach {
        $null = New-TestStore
    }

    It 'is made, found, changed and removed' {
        $account = New-OrchestratorRunAsAccount -Name Service -Credential $credential -Description 'For all'
        $account.Name | Should -Be 'Service'
        $account.UserName | Should -BeExactly $user
        $account.LastChangeTime.Kind | Should -Be 'Local'
        (Get-OrchestratorRunAsAccount serv*).Description | Should -Be 'For all'

        Set-OrchestratorRunAsAccount Service -Credential (New-TestCredential 'other@contoso.com' 'x')
        $account = Get-OrchestratorRunAsAccount
        $account.UserName | Should -Be 'other@contoso.com'
        $account.Description | Should -Be 'For all'

        Set-OrchestratorRunAsAccount Service -SecretName Orchestrator -Vault Team
        $account = Get-OrchestratorRunAsAccount
        $account.UserName | Should -BeNullOrEmpty
        $account.SecretName | Should -Be 'Orchestrator'
        $account.Vault | Should -Be 'Team'

        (Set-OrchestratorRunAsAccount Service -Credential $credential -PassThru).SecretName | Should -BeNullOrEmpty
        Get-OrchestratorRunAsAccount | Remove-OrchestratorRunAsAccount -Confirm:$false
        Get-OrchestratorRunAsAccount | Should -BeNullOrEmpty
    }

    It 'signs in for every connector that uses it, and names them' {
        $null = New-OrchestratorRunAsAccount -Name Service -Credential $credential
        $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -RunAsAccount Service -AllowUnencryptedAuthentication
        $null = New-OrchestratorConnector -Name W -ServiceUrl $guarded.WebApi -RunAsAccount service -AllowUnencryptedAuthentication -WarningAction Ignore
        (Get-OrchestratorRunAsAccount).Connectors | Should -Be @('A', 'W')
        (Sync-OrchestratorConnector *).Total | Should -Be @(5, 5)
    }

    It 'is changed in one place for all' {
        $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential $user 'wrong')
        $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -RunAsAccount Service -AllowUnencryptedAuthentication -SkipTest
        $null = New-OrchestratorConnector -Name W -ServiceUrl $guarded.WebApi -RunAsAccount Service -AllowUnencryptedAuthentication -SkipTest -WarningAction Ignore
        (Test-OrchestratorConnector *).Success | Should -Be @($false, $false)
        Set-OrchestratorRunAsAccount Service -Credential $credential
        (Test-OrchestratorConnector *).Success | Should -Be @($true, $true)
    }

    It 'is known in another process of the same user' {
        $store = New-TestStore
        $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -Credential $credential -AllowUnencryptedAuthentication
        $result = Invoke-OtherShell 'Import-Module $module; (Sync-OrchestratorConnector A).Total' -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $store }
        $result.Errors | Should -BeNullOrEmpty
        $result.Output | Should -Be '5'
    }

    It 'of a connector is changed by the connector''s -Credential' {
        $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -Credential $credential -AllowUnencryptedAuthentication
        Set-OrchestratorConnector A -Credential (New-TestCredential 'someone' 'x') -SkipTest
        (Get-OrchestratorRunAsAccount A).UserName | Should -Be 'someone'
        $problem = Get-ErrorOf { Set-OrchestratorConnector A -Credential (New-TestCredential 'someone else' 'x') }
        $problem.FullyQualifiedErrorId | Should -BeLike 'AuthenticationFailed,*'
        (Get-OrchestratorRunAsAccount A).UserName | Should -Be 'someone'
    }
}

Describe 'A secret' {
    BeforeAll {
        $store = New-TestStore
        # Words that no other text holds, so that any trace of them is found.
        $hidden = 'Xq7-hidden-Zw9'
        $hiddenServer = Start-TestServer -Arguments '--runbooks', '3', '--basic', 'svc', '--password-from-env', 'FAKE_PASSWORD' -Environment @{ FAKE_PASSWORD = $hidden }
        $null = New-OrchestratorRunAsAccount -Name Service -Credential (New-TestCredential 'svc' $hidden)
        $null = New-OrchestratorConnector -Name A -ServiceUrl $hiddenServer.Atom -RunAsAccount Service -AllowUnencryptedAuthentication
        $base64 = [Convert]::ToBase64String([System.Text.Encoding]::UTF8.GetBytes("svc:$hidden")).TrimEnd('=')
        $pattern = [regex]::Escape($hidden) + '|' + [regex]::Escape($base64.Substring(0, $base64.Length - 2))
        $encrypted = 'ProtectedPassword|SecureString'
    }

    AfterAll {
        Stop-TestServer $hiddenServer
    }

    It 'is in no property of an account or a connector' {
        foreach ($item in (Get-OrchestratorRunAsAccount), (Get-OrchestratorConnector)) {
            $item | Format-List -Property * -Force | Out-String -Width 4000 | Should -Not -Match "$pattern|$encrypted"
            $item | ConvertTo-Json -Depth 6 -WarningAction SilentlyContinue | Should -Not -Match "$pattern|$encrypted"
            $item | ConvertTo-Csv | Out-String | Should -Not -Match "$pattern|$encrypted"
            $item | Get-Member -Force | Out-String -Width 4000 | Should -Not -Match $encrypted
        }
    }

    It 'is not in what Export-Clixml writes' {
        $file = Join-Path (Get-PSDrive -Name TestDrive).Root 'export.xml'
        @(Get-OrchestratorRunAsAccount) + @(Get-OrchestratorConnector) | Export-Clixml -Path $file -Depth 6
        [System.IO.File]::ReadAllText($file) | Should -Not -Match "$pattern|$encrypted"
    }

    It 'is in no verbose or debug text, result or history: <_>' -ForEach @(
        'Test-OrchestratorConnector A -Verbose -Debug'
        'Sync-OrchestratorConnector A -Verbose -Debug'
        'Get-OrchestratorFolder A -Verbose -Debug'
        'Get-OrchestratorConnectorHistory -Verbose -Debug'
        'Get-OrchestratorRunAsAccount -Verbose -Debug'
        'Set-OrchestratorRunAsAccount Service -Credential (New-TestCredential svc $hidden) -PassThru -Verbose -Debug'
        'New-OrchestratorConnector B $hiddenServer.WebApi -Credential (New-TestCredential svc $hidden) -AllowUnencryptedAuthentication -Verbose -Debug'
        'New-OrchestratorConnector C $hiddenServer.WebApi -Credential (New-TestCredential svc $hidden) -Verbose -Debug'
        'Test-OrchestratorConnector -ServiceUrl $hiddenServer.WebApi -Credential (New-TestCredential nobody $hidden) -AllowUnencryptedAuthentication -Verbose -Debug'
    ) {
        $line = [scriptblock]::Create($_)
        $text = Get-AllText $line
        $text | Should -Not -BeNullOrEmpty
        $text | Should -Not -Match $pattern
    }

    It 'is not in the store''s bytes, nor in the files beside it' {
        $files = Get-ChildItem -LiteralPath (Split-Path -Parent $store) -File -Force
        $files.Name | Should -Contain 'state.db'
        foreach ($file in $files) {
            # The files may be open.
            $stream = New-Object -TypeName System.IO.FileStream -ArgumentList $file.FullName, 'Open', 'Read', 'ReadWrite, Delete'
            $reader = New-Object -TypeName System.IO.MemoryStream
            $stream.CopyTo($reader)
            $stream.Dispose()
            foreach ($encoding in [System.Text.Encoding]::GetEncoding('iso-8859-1'), [System.Text.Encoding]::Unicode, [System.Text.Encoding]::BigEndianUnicode) {
                $encoding.GetString($reader.ToArray()) | Should -Not -Match $pattern -Because $file.Name
            }
        }
    }

    It 'is not in $Error' {
        $Error.Clear()
        $null = Get-ErrorOf { New-OrchestratorConnector D $hiddenServer.Atom -Credential (New-TestCredential 'nobody' $hidden) -AllowUnencryptedAuthentication }
        $Error.Count | Should -BeGreaterThan 0
        foreach ($problem in $Error) {
            "$($problem | Format-List -Property * -Force | Out-String -Width 4000) $($problem.Exception)" | Should -Not -Match $pattern
        }
    }

    It 'that was moved to another store without its key is SecretUnreadable, with the way out' {
        $copy = Join-Path (New-Item -ItemType Directory -Path (Join-Path (Get-PSDrive -Name TestDrive).Root 'moved')) 'state.db'
        $result = Invoke-OtherShell "Import-Module `$module; `$null = New-OrchestratorConnector A $($hiddenServer.Atom) -Credential ([pscredential]::new('svc', [System.Net.NetworkCredential]::new('', '$hidden').SecurePassword)) -AllowUnencryptedAuthentication" -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = New-TestStore }
        $result.Errors | Should -BeNullOrEmpty
        Copy-Item -LiteralPath $env:ORCHESTRATOR_CONNECTOR_STATE -Destination $copy
        if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
            $problem = Get-ErrorOf { Sync-OrchestratorConnector A -StatePath $copy }
            $problem.FullyQualifiedErrorId | Should -Be 'SecretUnreadable,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
            "$($problem.CategoryInfo.Category)" | Should -Be 'SecurityError'
            $problem.Exception.Hint | Should -BeLike '*Set-OrchestratorRunAsAccount*'
        }
        else {
            # Windows protects for the user, wherever the file is.
            (Sync-OrchestratorConnector A -StatePath $copy).Total | Should -Be 3
        }
        $env:ORCHESTRATOR_CONNECTOR_STATE = $store
    }
}

Describe 'A secret''s name' {
    BeforeEach {
        $null = New-TestStore
        $null = New-OrchestratorRunAsAccount -Name Service -SecretName Orchestrator
        $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -RunAsAccount Service -AllowUnencryptedAuthentication -SkipTest
    }

    AfterEach {
        Remove-Item -Path function:global:Get-Secret -ErrorAction SilentlyContinue
        Remove-Variable -Name FakeVault -Scope Global -ErrorAction SilentlyContinue
    }

    BeforeAll {
        # Stands for SecretManagement's own: what it is asked for and answers with is in a variable.
        function Set-FakeVault {
            param([scriptblock] $Answer)
            $global:FakeVault = @{ Asked = New-Object -TypeName System.Collections.ArrayList; Answer = $Answer }
            Set-Item -Path function:global:Get-Secret -Value {
                [CmdletBinding()]
                param($Name, $Vault)
                $null = $global:FakeVault.Asked.Add("$Name@$Vault")
                & $global:FakeVault.Answer
            }
        }
    }

    It 'is asked of Get-Secret when a connection is made, and the credential signs in' {
        Set-FakeVault { $credential }
        $FakeVault.Asked.Count | Should -Be 0
        (Sync-OrchestratorConnector A).Total | Should -Be 5
        (Test-OrchestratorConnector A).Success | Should -BeTrue
        $FakeVault.Asked | Should -Contain 'Orchestrator@'
    }

    It 'is asked of the vault that is named' {
        Set-OrchestratorRunAsAccount Service -SecretName Other -Vault Team
        Set-FakeVault { $credential }
        (Sync-OrchestratorConnector A).Total | Should -Be 5
        $FakeVault.Asked | Select-Object -Unique | Should -Be 'Other@Team'
    }

    It 'works where a new connector is tested before it is written' {
        Set-FakeVault { $credential }
        (New-OrchestratorConnector -Name B -ServiceUrl $guarded.WebApi -RunAsAccount Service -AllowUnencryptedAuthentication -WarningAction Ignore).RunAsAccount | Should -Be 'Service'
    }

    It 'that the vault does not have is SecretNotFound' {
        Set-FakeVault { Write-Error 'The secret Orchestrator was not found.' -ErrorAction Stop }
        $problem = Get-ErrorOf { Sync-OrchestratorConnector A }
        $problem.FullyQualifiedErrorId | Should -Be 'SecretNotFound,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
        "$($problem.CategoryInfo.Category)" | Should -Be 'ObjectNotFound'
        $problem.Exception.Message | Should -BeLike '*The secret Orchestrator was not found.*'
        $problem.Exception.Message | Should -Not -BeLike '*ErrorActionPreference*'
    }

    It 'for which the vault has nothing is SecretNotFound' {
        Set-FakeVault { }
        $problem = Get-ErrorOf { Sync-OrchestratorConnector A }
        $problem.FullyQualifiedErrorId | Should -BeLike 'SecretNotFound,*'
    }

    It 'for which the vault has only a text is SecretNotCredential, and the text is nowhere' {
        Set-FakeVault { 'pl4in-text' }
        $text = Get-AllText { Sync-OrchestratorConnector A -Verbose -Debug }
        $text | Should -Match 'SecretNotCredential'
        $text | Should -Not -Match 'pl4in-text'
        (Get-OrchestratorConnector A).LastError | Should -Not -Match 'pl4in-text'
    }

    It 'is SecretVaultUnavailable where there is no such module' {
        # A shell puts the folders of all modules back on its path when it starts: they are taken away after that.
        $result = Invoke-OtherShell @'
$env:PSModulePath = Join-Path $PSHOME 'Modules'
Import-Module $module
try { Sync-OrchestratorConnector A } catch { $_.FullyQualifiedErrorId; "$($_.CategoryInfo.Category)"; $_.Exception.Hint; $_.Exception.Message }
'@ -Environment @{ ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE }
        $lines = $result.Output -split '\r?\n'
        $lines[0] | Should -Be 'SecretVaultUnavailable,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
        $lines[1] | Should -Be 'InvalidOperation'
        $lines[2] | Should -BeLike '*Microsoft.PowerShell.SecretManagement*'
        $lines[3] | Should -BeLike "*'Service'*'Orchestrator'*"
    }
}

if ($hasSecretManagement) {
    Describe 'A secret in a real vault' {
        BeforeAll {
            # A vault that knows one secret, in the form that SecretManagement asks for.
            $vault = Join-Path (Get-PSDrive -Name TestDrive).Root 'TinyVault'
            $extension = Join-Path $vault 'TinyVault.Extension'
            $null = New-Item -ItemType Directory -Path $extension -Force
            Set-Content -LiteralPath (Join-Path $vault 'TinyVault.psd1') -Value @"
@{ ModuleVersion = '1.0.0'; GUID = '$([guid]::NewGuid())'; NestedModules = @('./TinyVault.Extension'); FunctionsToExport = @() }
"@
            Set-Content -LiteralPath (Join-Path $extension 'TinyVault.Extension.psd1') -Value @"
@{ ModuleVersion = '1.0.0'; GUID = '$([guid]::NewGuid())'; RootModule = 'TinyVault.Extension.psm1'; FunctionsToExport = @('Get-Secret', 'Get-SecretInfo', 'Set-Secret', 'Remove-Secret', 'Test-SecretVault') }
"@
            Set-Content -LiteralPath (Join-Path $extension 'TinyVault.Extension.psm1') -Value @'
function Get-Secret {
    param($Name, $VaultName, $AdditionalParameters)
    if ($Name -eq 'Orchestrator') {
        [pscredential]::new($env:TINY_USER, [System.Net.NetworkCredential]::new('', $env:TINY_PASSWORD).SecurePassword)
    }
}
function Get-SecretInfo { param($Filter, $VaultName, $AdditionalParameters) }
function Set-Secret { param($Name, $Secret, $VaultName, $AdditionalParameters) }
function Remove-Secret { param($Name, $VaultName, $AdditionalParameters) }
function Test-SecretVault { param($VaultName, $AdditionalParameters) $true }
'@
            $management = (Get-Module -ListAvailable -Name Microsoft.PowerShell.SecretManagement | Select-Object -First 1).Path
            # The registry of vaults belongs to the user: another home keeps this one out of it.
            $home_ = Join-Path (Get-PSDrive -Name TestDrive).Root 'home'
            $null = New-Item -ItemType Directory -Path $home_
            $environment = @{ HOME = $home_; USERPROFILE = $home_; LOCALAPPDATA = $home_; TINY_USER = $user; TINY_PASSWORD = $secret }
            $prepare = "Import-Module '$management'; Import-Module `$module; Register-SecretVault -Name Tiny -ModuleName '$vault'"
        }

        It 'signs in' {
            $null = New-TestStore
            $null = New-OrchestratorRunAsAccount -Name Service -SecretName Orchestrator -Vault Tiny
            $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -RunAsAccount Service -AllowUnencryptedAuthentication -SkipTest
            $environment.ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE
            $result = Invoke-OtherShell "$prepare; try { (Sync-OrchestratorConnector A).Total } finally { Unregister-SecretVault -Name Tiny }" -Environment $environment
            $result.Errors | Should -BeNullOrEmpty
            $result.Output | Should -Be '5'
        }

        It 'that is not there is SecretNotFound' {
            $null = New-TestStore
            $null = New-OrchestratorRunAsAccount -Name Service -SecretName Another
            $null = New-OrchestratorConnector -Name A -ServiceUrl $guarded.Atom -RunAsAccount Service -SkipTest
            $environment.ORCHESTRATOR_CONNECTOR_STATE = $env:ORCHESTRATOR_CONNECTOR_STATE
            $result = Invoke-OtherShell "$prepare; try { Sync-OrchestratorConnector A } catch { `$_.FullyQualifiedErrorId } finally { Unregister-SecretVault -Name Tiny }" -Environment $environment
            $result.Output | Should -Be 'SecretNotFound,OrchestratorConnector.Commands.SyncOrchestratorConnectorCommand'
        }
    }
}
